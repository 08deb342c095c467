import type { Context } from '../context.ts';
import { holidaysKept } from '../municipality/index.ts';
import { rememberBounce } from '../recipients/refused.ts';
import { maximumAttempts } from './attempts.ts';
import type { ClaimedInvitation } from './claim.ts';
import { InvitationModel } from './model.ts';
import { nextOfficeMoment } from './office-hours.ts';
import { from, type TransitionName, to } from './states.ts';

/** What a worker needs to show to record an outcome. */
export type Claim = Pick<
  ClaimedInvitation,
  'id' | 'kind' | 'lease' | 'attempts' | 'addressHash' | 'remindAt'
>;

/** The mail server accepted the mail. @returns false when the claim was lost in the meantime. */
export async function recordSent(claim: Claim): Promise<boolean> {
  return (await recordAllSent([claim])) === 1;
}

/**
 * The mail server accepted these mails: one write for all that were claimed together.
 * @returns how many were recorded; claims that were lost in the meantime are not.
 */
export async function recordAllSent(claims: Claim[]): Promise<number> {
  let recorded = 0;
  for (const alike of groupsOf(claims)) {
    const { lease, kind, remindAt } = alike[0]!;
    const [name, set] =
      kind === 'reminder'
        ? (['acceptReminder', {}] as const)
        : (['accept', { accepted: true, ...(remindAt && { nextAt: remindAt, attempts: 0 }) }] as const);
    const { modifiedCount } = await InvitationModel.updateMany(
      { _id: { $in: alike.map(({ id }) => id) }, lease, ...from(name) },
      to(name, set),
    );
    recorded += modifiedCount;
  }
  return recorded;
}

/** Claims that are recorded by the same write. */
function groupsOf(claims: Claim[]): Claim[][] {
  const groups = new Map<string, Claim[]>();
  for (const claim of claims) {
    const key = `${claim.lease} ${claim.kind} ${claim.remindAt?.getTime()}`;
    groups.set(key, [...(groups.get(key) ?? []), claim]);
  }
  return [...groups.values()];
}

/**
 * A temporary fault: the mail is tried again after `delayMs` (see `retryDelay`), in office hours.
 * After `maximumAttempts` it has failed.
 * @returns what became of it; undefined when the claim was lost in the meantime.
 */
export async function recordRetry(
  ctx: Context,
  claim: Claim,
  { delayMs }: { delayMs: number },
): Promise<'planned' | 'failed' | undefined> {
  if (claim.attempts >= maximumAttempts) return (await recordFailed(claim)) ? 'failed' : undefined;
  const nextAt = nextOfficeMoment(new Date(ctx.clock.now().getTime() + delayMs), await holidaysKept());
  return (await record(retryOf(claim), claim, { nextAt })) ? 'planned' : undefined;
}

/** The mail server refused the address for good: it is never tried again, for any survey. */
export async function recordBounced(claim: Claim): Promise<boolean> {
  await rememberBounce(claim.addressHash);
  return record('bounce', claim, {});
}

/** The mail can't be sent, for a reason that says nothing about the address. */
export function recordFailed(claim: Claim): Promise<boolean> {
  return record(claim.kind === 'reminder' ? 'dropReminder' : 'fail', claim, {});
}

/** Gives a claim back unused, as when the process stops: the attempt does not count. */
export async function releaseLease(ctx: Context, claim: Claim): Promise<boolean> {
  const name = retryOf(claim);
  const release = to(name, { nextAt: ctx.clock.now() });
  return change(name, claim, { ...release, $inc: { ...release.$inc, attempts: -1 } });
}

function retryOf({ kind }: Claim): TransitionName {
  return kind === 'reminder' ? 'retryReminder' : 'retry';
}

function record(name: TransitionName, claim: Claim, set: Record<string, unknown>): Promise<boolean> {
  return change(name, claim, to(name, set));
}

async function change(name: TransitionName, claim: Claim, update: object): Promise<boolean> {
  const { modifiedCount } = await InvitationModel.updateOne(
    { _id: claim.id, lease: claim.lease, ...from(name) },
    update,
  );
  return modifiedCount === 1;
}
