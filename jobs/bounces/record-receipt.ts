import type { NotifyReceipt } from '../../schemas/generated/notify-receipt.ts';
import type { Context } from '../../surveys/context.ts';
import { type ReturnedOutcome, recordReturned } from '../../surveys/invitations/index.ts';

/**
 * Records what a receipt of NotifyNL says. All three failures are final for this mail, since NotifyNL has tried for as long as
 * it does; only the permanent one speaks of the address (it does not exist), which is then not tried again.
 */
export async function recordReceipt(
  ctx: Context,
  { reference, status }: NotifyReceipt,
): Promise<ReturnedOutcome | 'delivered'> {
  if (status === 'delivered') return 'delivered';
  if (!reference) return 'unmatched';
  const aboutAddress = status === 'permanent-failure';
  return recordReturned(ctx, { messageId: reference, permanent: true, aboutAddress });
}
