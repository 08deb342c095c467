import type { Context } from '../context.ts';
import { type DirectoryKind, noteKeys } from '../municipality/index.ts';
import type { Contact } from './contact.ts';
import { type Decision, decide, type Knowledge } from './decide.ts';
import { gatherKnowledge } from './knowledge.ts';
import { type Entry, enter, type Verdict } from './ledger.ts';
import { type PlannedContact, planInvitations, plannedSends } from './plan-invitations.ts';
import type { Rehearsal } from './rehearsal.ts';

/**
 * Decides about contacts that are not in the ledger and writes everything down; with a rehearsal, only into that.
 * @returns the verdicts by ledger id.
 */
export async function decideBatch(
  ctx: Context,
  fresh: Contact[],
  now: Date,
  rehearsal: Rehearsal | undefined,
): Promise<Map<string, Verdict>> {
  if (fresh.length === 0) return new Map();
  const [knowledge, sends] = await Promise.all([gatherKnowledge(fresh), plannedSends(ctx, fresh)]);
  for (const { recipient } of fresh) {
    const rehearsed = recipient && rehearsal?.caps.get(recipient.hash);
    if (rehearsed) knowledge.caps.set(rehearsed._id, rehearsed);
  }

  // An invitation without a ledger entry: the process died between the two. What was planned stays planned.
  const undecided = fresh.filter(({ id }) => !sends.has(id));
  const decisions = decideInOrder(ctx, undecided, now, knowledge);
  const wanted = undecided.flatMap((contact): PlannedContact[] => {
    const decision = decisions.get(contact.id)!;
    return decision.decision === 'invited' ? [{ contact, plan: decision.plan }] : [];
  });

  if (!rehearsal) await noteKeys(ctx, fresh.flatMap(directoryKeys));
  const granted = rehearsal ? wanted.map(allow) : await planInvitations(ctx, wanted);
  for (const [id, sendAt] of granted) sends.set(id, sendAt);
  const entries = fresh.map((contact) => ({
    contact,
    verdict: verdictOf(contact, decisions.get(contact.id), sends.get(contact.id)),
  }));
  if (rehearsal) return rehearse(rehearsal, entries, wanted);
  const entered = await enter(entries);
  const invited = entries.filter(({ verdict }) => verdict.decision === 'invited').length;
  ctx.count?.('contacts', 'invited', invited);
  ctx.count?.('contacts', 'skipped', entries.length - invited);
  return entered;
}

function allow({ contact, plan }: PlannedContact): [id: string, sendAt: Date] {
  return [contact.id, plan.sendAt];
}

function rehearse(rehearsal: Rehearsal, entries: Entry[], wanted: PlannedContact[]): Map<string, Verdict> {
  for (const { contact, plan } of wanted) takeCap(rehearsal.caps, contact, plan);
  for (const { contact, verdict } of entries) rehearsal.verdicts.set(contact.id, verdict);
  return new Map(entries.map(({ contact, verdict }) => [contact.id, verdict]));
}

/** The first contact of a batch that is invited takes the cap, so that the next one of that address sees it taken. */
function decideInOrder(
  ctx: Context,
  contacts: Contact[],
  now: Date,
  knowledge: Knowledge,
): Map<string, Decision> {
  const decisions = new Map<string, Decision>();
  for (const contact of contacts) {
    const decision = decide(ctx.keys, contact, now, knowledge);
    decisions.set(contact.id, decision);
    if (decision.decision === 'invited') takeCap(knowledge.caps, contact, decision.plan);
  }
  return decisions;
}

function takeCap(
  caps: Knowledge['caps'],
  contact: Contact,
  { addressHash, capUntil }: PlannedContact['plan'],
) {
  if (capUntil) caps.set(addressHash, { _id: addressHash, contact: contact.id, until: capUntil });
}

/** Without a planned send, a contact that the rules would invite has lost its cap in a race. */
function verdictOf(contact: Contact, decision: Decision | undefined, sendAt: Date | undefined): Verdict {
  const { digest } = contact;
  if (sendAt) return { decision: 'invited', sendAt, digest };
  const reason = decision?.decision === 'skipped' ? decision.reason : 'capped';
  return { decision: 'skipped', reason, digest };
}

function directoryKeys({ department, channel, product }: Contact): { kind: DirectoryKind; key: string }[] {
  return [
    { kind: 'department', key: department },
    { kind: 'channel', key: channel },
    ...(product ? [{ kind: 'product' as const, key: product }] : []),
  ];
}
