import type { Fault } from '../../schemas/validate.ts';
import { monthOf } from '../calendar.ts';
import type { Context } from '../context.ts';
import { closedMonths } from '../retention/closed-months.ts';
import { type Contact, readContact } from './contact.ts';
import { decideBatch } from './decide-batch.ts';
import { type Verdict, verdictsOn } from './ledger.ts';
import type { SkipReason } from './model.ts';
import { createRehearsal, type Rehearsal } from './rehearsal.ts';

/** The answer to one item of a batch. */
export interface ContactResult {
  /** As given; null when the item names none. */
  source: string | null;
  id: string | null;
  decision: 'invited' | 'skipped' | 'rejected';
  /** Why not invited. `invalid`: see the errors. `duplicate`: this id was used before for another contact. */
  reason?: SkipReason | 'invalid' | 'duplicate';
  /** The planned send, when invited. */
  sendAt?: Date;
  /** What is wrong with a rejected item. */
  errors?: Fault[];
}

export interface RecordOptions {
  /** Decide as of this instant instead of now. */
  asOf?: Date;
  /** Decide without writing. A `Rehearsal` remembers what the batches before would have written. */
  dryRun?: boolean | Rehearsal;
}

/**
 * Decides about a batch of up to 1,000 contact events and plans the invitations; everything is on disk before this
 * returns. A bad item never spoils its neighbours and leaves nothing behind. An event that was recorded before gets
 * the same answer without a second effect, also after a crash half-way: caps, then invitations, then the ledger are
 * written, each keyed by the contact, and the ledger entry says that the rest is there.
 * @returns one result per item, in order.
 */
export async function recordContacts(
  ctx: Context,
  items: unknown[],
  { asOf, dryRun = false }: RecordOptions = {},
): Promise<ContactResult[]> {
  const now = asOf ?? ctx.clock.now();
  const rehearsal = dryRun === true ? createRehearsal() : dryRun || undefined;
  const read = items.map((item) => readContact(ctx, item, now));

  const contacts = new Map<string, Contact>();
  for (const item of read) {
    if (item.ok && !contacts.has(item.value.id)) contacts.set(item.value.id, item.value);
  }
  const verdicts = await verdictsOn([...contacts.keys()]);
  for (const id of contacts.keys()) {
    const rehearsed = rehearsal?.verdicts.get(id);
    if (rehearsed) verdicts.set(id, rehearsed);
  }
  const unknown = [...contacts.values()].filter(({ id }) => !verdicts.has(id));
  const isClosed = await closedMonths('contacts', unknown.map(surveyMonth));
  for (const contact of unknown) {
    // Whether it was sent before is not known any more, so it has no effect and is not counted.
    if (isClosed(surveyMonth(contact))) verdicts.set(contact.id, { decision: 'skipped', reason: 'tooOld' });
  }
  const fresh = unknown.filter(({ id }) => !verdicts.has(id));
  for (const [id, verdict] of await decideBatch(ctx, fresh, now, rehearsal)) verdicts.set(id, verdict);

  return items.map((item, position) => {
    const named = nameOf(item);
    const outcome = read[position]!;
    if (!outcome.ok) return { ...named, decision: 'rejected', reason: 'invalid', errors: outcome.faults };
    return { ...named, ...answer(verdicts.get(outcome.value.id)!, outcome.value) };
  });
}

function surveyMonth({ survey, occurredAt }: Contact): { survey: string; month: string } {
  return { survey, month: monthOf(occurredAt) };
}

/** The stored verdict as an answer; the same id with other content is no repeat but a mistake at the source. */
function answer(verdict: Verdict, contact: Contact): Omit<ContactResult, 'source' | 'id'> {
  const { decision, reason, sendAt, digest } = verdict;
  if (digest !== undefined && digest !== contact.digest) {
    const detail = 'this id was used before for another contact';
    return {
      decision: 'rejected',
      reason: 'duplicate',
      errors: [{ pointer: '/id', code: 'duplicate', detail }],
    };
  }
  return { decision, ...(reason && { reason }), ...(sendAt && { sendAt }) };
}

function nameOf(item: unknown): Pick<ContactResult, 'source' | 'id'> {
  const { source, id } = (item ?? {}) as Record<string, unknown>;
  return { source: typeof source === 'string' ? source : null, id: typeof id === 'string' ? id : null };
}
