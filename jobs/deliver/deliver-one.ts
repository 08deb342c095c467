import type { Context } from '../../surveys/context.ts';
import {
  type ClaimedInvitation,
  recordBounced,
  recordFailed,
  recordRetry,
  recordSent,
  retryDelay,
} from '../../surveys/invitations/index.ts';
import type { Random } from '../backoff.ts';
import { describeError } from '../describe-error.ts';
import { invitationBody, type MailSettings, mailOf } from '../mail/index.ts';
import type { Mail, Outcome, Transport } from '../transport/index.ts';
import { persist } from './persist.ts';
import type { Wording } from './wording.ts';

export interface Attempt {
  transport: Transport;
  settings: MailSettings;
  wording: Wording;
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
  { transport, settings, wording, random, signal }: Attempt,
): Promise<Outcome> {
  let mail: Mail;
  try {
    mail = await renderInvitation(claim, settings, wording);
  } catch (error) {
    ctx.log.error({ err: describeError(error), survey: claim.survey }, 'an invitation could not be rendered');
    await persist(() => recordRetry(ctx, claim, { delayMs: retryDelay(claim.attempts, random()) }));
    return { kind: 'retry', reason: 'ERENDER' };
  }
  const outcome = await transport.send(mail, signal);
  const recorded = await persist(() => record(ctx, claim, outcome, random));
  if (!recorded) ctx.log.warn({ outcome: outcome.kind }, 'a claim was lost before its outcome was recorded');
  return outcome;
}

async function renderInvitation(
  claim: ClaimedInvitation,
  settings: MailSettings,
  wording: Wording,
): Promise<Mail> {
  const { baseUrl } = settings;
  const words = await wording(claim);
  const optOutUrl = `${baseUrl}/o/${claim.optOutToken}`;
  const body = invitationBody({
    ...words,
    answerUrl: `${baseUrl}/s/${claim.token}`,
    optOutUrl,
    genuineUrl: `${baseUrl}/genuine`,
    expiresAt: claim.expiresAt,
  });
  const { municipality } = words;
  return mailOf(settings, body, { to: claim.address, municipality, messageKey: claim.messageId, optOutUrl });
}

/** @returns false when the claim is no longer ours. */
async function record(
  ctx: Context,
  claim: ClaimedInvitation,
  { kind }: Outcome,
  random: Random,
): Promise<boolean> {
  switch (kind) {
    case 'accepted':
      return recordSent(claim);
    case 'bounced':
      return recordBounced(claim);
    case 'failed':
      return recordFailed(claim);
    case 'retry':
    case 'unavailable': {
      const became = await recordRetry(ctx, claim, { delayMs: retryDelay(claim.attempts, random()) });
      return became !== undefined;
    }
  }
}
