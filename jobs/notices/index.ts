import type { Context } from '../../surveys/context.ts';
import { tellFollowers } from '../../surveys/followers/tell-followers.ts';
import { claimNotice, endNotice, type Notice, noticesDue, retryNotice } from '../../surveys/notices/index.ts';
import { backoffDelay } from '../backoff.ts';
import { type MailSettings, noticeMail } from '../mail/index.ts';
import type { Transport } from '../transport/index.ts';
import { textOf } from './text-of.ts';

/** Longer than a mail server takes to answer. */
const leaseMs = 5 * 60_000;
/** The most in one run: a run that takes long holds up nothing else, the next begins seconds later. */
const mostInARun = 200;
/** A notice that fails for about a day is given up. */
const mostAttempts = 12;
const pace = { baseMs: 30_000, maxMs: 3 * 3_600_000 };

/**
 * Sends the short mails that are due, each once: claimed first, under a Message-ID that stays. What can't be sent any
 * more (its reason is gone, nobody has an address) ends without a mail.
 * @returns how many were taken up
 */
export async function sendNotices(
  ctx: Context,
  { transport, settings }: { transport: Transport; settings: MailSettings },
): Promise<number> {
  await tellFollowers(ctx);
  for (let count = 0; count < mostInARun; count += 1) {
    if (!(await noticesDue(ctx))) return count;
    const notice = await claimNotice(ctx, leaseMs);
    if (!notice) return count;
    await sendOne(ctx, notice, transport, settings);
  }
  return mostInARun;
}

async function sendOne(
  ctx: Context,
  notice: Notice,
  transport: Transport,
  settings: MailSettings,
): Promise<void> {
  const text = await textOf(ctx, notice, settings);
  if (!text) return endNotice(notice);
  const outcome = await transport.send(noticeMail(settings, text));
  if (outcome.kind === 'accepted') return endNotice(notice);
  const { kind, reason } = outcome;
  ctx.log.warn({ kind, reason }, 'a short mail was not taken');
  const final = kind === 'bounced' || kind === 'failed' || notice.attempts >= mostAttempts;
  if (final) return endNotice(notice);
  await retryNotice(ctx, notice, backoffDelay(notice.attempts, pace, Math.random));
}
