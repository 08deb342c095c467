import type { Context } from '../context.ts';
import { holidaysKept } from '../municipality/index.ts';
import { rememberBounce } from '../recipients/refused.ts';
import { maximumAttempts } from './attempts.ts';
import type { ClaimedInvitation } from './claim.ts';
import { InvitationModel } from './model.ts';
import { nextOfficeMoment } from './office-hours.ts';
import { from, type TransitionName, to } from './states.ts';

/** What a worker needs to show to record an outcome. */
export type Claim = Pick<ClaimedInvitation, 'id' | 'lease' | 'attempts' | 'addressHash'>;

/** The mail server accepted the mail. @returns false when the claim was lost in the meantime. */
export async function recordSent(claim: Claim): Promise<boolean> {
  return (await recordAllSent([claim])) === 1;
}

/**
 * The mail server accepted these mails: one write for all that were claimed together.
 * @returns how many were recorded; claims that were lost in the meantime are not.
 */
export async function recordAllSent(claims: Claim[]): Promise<number> {
  const idsByLease = new Map<string, string[]>();
  for (const { id, lease } of claims) idsByLease.set(lease, [...(idsByLease.get(lease) ?? []), id]);
  let recorded = 0;
  for (const [lease, ids] of idsByLease) {
    const { modifiedCount } = await InvitationModel.updateMany(
      { _id: { $in: ids }, lease, ...from('accept') },
      to('accept', { accepted: true }),
    );
    recorded += modifiedCount;
  }
  return recorded;
}

/**
 * A temporary fault: the invitation is tried again after `delayMs` (see `retryDelay`), in office hours.
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
  return (await record('retry', claim, { nextAt })) ? 'planned' : undefined;
}

/** The mail server refused the address for good: it is never tried again, for any survey. */
export async function recordBounced(claim: Claim): Promise<boolean> {
  await rememberBounce(claim.addressHash);
  return record('bounce', claim, {});
}

/** The mail can't be sent, for a reason that says nothing about the address. */
export function recordFailed(claim: Claim): Promise<boolean> {
  return record('fail', claim, {});
}

/** Gives a claim back unused, as when the process stops: the attempt does not count. */
export async function releaseLease(ctx: Context, claim: Claim): Promise<boolean> {
  const release = to('retry', { nextAt: ctx.clock.now() });
  return change('retry', claim, { ...release, $inc: { ...release.$inc, attempts: -1 } });
}

function record(name: TransitionName, claim: Claim, set: object): Promise<boolean> {
  return change(name, claim, to(name, set));
}

async function change(name: TransitionName, claim: Claim, update: object): Promise<boolean> {
  const { modifiedCount } = await InvitationModel.updateOne(
    { _id: claim.id, lease: claim.lease, ...from(name) },
    update,
  );
  return modifiedCount === 1;
}
