import type { NotifyReceipt } from '../../schemas/generated/notify-receipt.ts';
import type { NotifyReturnedLetter } from '../../schemas/generated/notify-returned-letter.ts';
import type { Context } from '../../surveys/context.ts';
import { type ReturnedOutcome, recordReturned } from '../../surveys/invitations/index.ts';

/** What ended without arriving. Everything else is on its way or has arrived. */
const failures: readonly NotifyReceipt['status'][] = [
  'permanent-failure',
  'temporary-failure',
  'technical-failure',
  'validation-failed',
  'virus-scan-failed',
  'cancelled',
];

/**
 * Records what a receipt of NotifyNL says. All failures are final for this mail, since NotifyNL has tried for as long as it
 * does; only the permanent one of a mail or text message speaks of the address (it does not exist), which is then not tried
 * again. Of a letter it says that it could not be printed.
 */
export async function recordReceipt(
  ctx: Context,
  { reference, status, notification_type: type }: NotifyReceipt,
): Promise<ReturnedOutcome | 'delivered'> {
  if (!failures.includes(status)) return 'delivered';
  if (!reference) return 'unmatched';
  const aboutAddress = status === 'permanent-failure' && type !== 'letter';
  return recordReturned(ctx, { messageId: reference, permanent: true, aboutAddress });
}

/** Records that a letter came back: whom it is for does not live there. */
export async function recordReturnedLetter(
  ctx: Context,
  { reference }: NotifyReturnedLetter,
): Promise<ReturnedOutcome> {
  if (!reference) return 'unmatched';
  return recordReturned(ctx, { messageId: reference, permanent: true, aboutAddress: true });
}
