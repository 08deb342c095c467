import { volumeKey } from '../aggregates/keys.ts';
import { insertNew } from '../bulk-writes.ts';
import { monthOf, weekOfMonth } from '../calendar.ts';
import type { Contact } from './contact.ts';
import { ContactModel, type LedgerEntry } from './model.ts';

/** What was decided about a contact. */
export type Verdict = Pick<LedgerEntry, 'decision' | 'reason' | 'sendAt' | 'digest'>;

export interface Entry {
  contact: Contact;
  verdict: Verdict;
}

/** The verdicts on these contacts (ledger ids) so far. */
export async function verdictsOn(ids: string[]): Promise<Map<string, Verdict>> {
  const fields = { decision: 1, reason: 1, sendAt: 1, digest: 1 } as const;
  const entries = await ContactModel.find({ _id: { $in: ids } }, fields).lean();
  return new Map(entries.map(({ _id, ...verdict }) => [_id, verdict]));
}

/**
 * Enters contacts with their verdicts, each once: where another process was first, its verdict stays.
 * @returns the verdicts that are in the ledger now.
 */
export async function enter(decided: Entry[]): Promise<Map<string, Verdict>> {
  const entered = new Map(decided.map(({ contact, verdict }) => [contact.id, verdict]));
  if (decided.length === 0) return entered;
  const there = await insertNew(
    ContactModel,
    decided.map(({ contact, verdict }) => newEntry(contact, verdict)),
  );
  const raced = decided.filter((_, position) => there.has(position)).map(({ contact }) => contact.id);
  if (raced.length > 0) for (const [id, verdict] of await verdictsOn(raced)) entered.set(id, verdict);
  return entered;
}

function newEntry(contact: Contact, verdict: Verdict): LedgerEntry {
  const { id: _id, survey, department, channel, product, stage, occurredAt } = contact;
  const month = monthOf(occurredAt);
  const week = weekOfMonth(occurredAt);
  return {
    _id,
    survey,
    department,
    channel,
    ...(product && { product }),
    ...(stage && { stage }),
    ...verdict,
    month,
    volume: volumeKey({ survey, department, channel, product, stage, month, week }),
    rev: 1,
    dirty: true,
  };
}
