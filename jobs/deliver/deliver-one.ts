import type { Context } from '../../surveys/context.ts';
import {
  type ClaimedInvitation,
  recordBounced,
  recordFailed,
  recordRetry,
  retryDelay,
} from '../../surveys/invitations/index.ts';
import type { Random } from '../backoff.ts';
import { describeError } from '../describe-error.ts';
import type { Mail, Outcome, Transport } from '../transport/index.ts';
import { persist } from './persist.ts';
import type { Renderer } from './render.ts';

export interface Attempt {
  transport: Transport;
  render: Renderer;
  recordSent: (claim: ClaimedInvitation) => Promise<void>;
  random: Random;
  signal: AbortSignal;
}

/**
 * One attempt at one invitation: render, hand over, record what became of it. When the record fails for good, the
 * lease ends by itself and the mail goes again under the same Message-ID.
 */
export async function deliverOne(
  ctx: Context,
  claim: ClaimedInvitation,
  { transport, render, recordSent, random, signal }: Attempt,
): Promise<Outcome> {
  let mail: Mail;
  try {
    mail = await render(claim);
  } catch (error) {
    ctx.log.error({ err: describeError(error), survey: claim.survey }, 'an invitation could not be rendered');
    await persist(() => recordRetry(ctx, claim, { delayMs: retryDelay(claim.attempts, random()) }));
    return { kind: 'retry', reason: 'ERENDER' };
  }
  const outcome = await transport.send(mail, signal);
  if (outcome.kind === 'accepted') await recordSent(claim);
  else await persist(() => recordFault(ctx, claim, outcome.kind, random));
  return outcome;
}

/** Records what went wrong; nothing happens when the claim is no longer ours. */
async function recordFault(
  ctx: Context,
  claim: ClaimedInvitation,
  kind: Exclude<Outcome['kind'], 'accepted'>,
  random: Random,
): Promise<void> {
  if (kind === 'bounced') await recordBounced(claim);
  else if (kind === 'failed') await recordFailed(claim);
  else await recordRetry(ctx, claim, { delayMs: retryDelay(claim.attempts, random()) });
}
