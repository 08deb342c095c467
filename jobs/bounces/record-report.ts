import type { Context } from '../../surveys/context.ts';
import { type ReturnedOutcome, recordReturned } from '../../surveys/invitations/index.ts';
import type { DeliveryReport } from './delivery-report.ts';

/**
 * Records what a report says. Status 5 is for good, any other is not (RFC 3463, 2). Subject 7 is policy (block lists, the
 * sender's authentication): it says nothing about the address, so that stays in use, as when a server refuses at once.
 */
export async function recordReport(ctx: Context, report: DeliveryReport): Promise<ReturnedOutcome> {
  const messageId = keyOf(report);
  if (!messageId) return 'unmatched';
  const permanent = report.action === 'failed' && report.status.startsWith('5.');
  const aboutAddress = !report.status.startsWith('5.7.');
  return recordReturned(ctx, { messageId, permanent, aboutAddress });
}

/** The local part of our Message-IDs, from the returned mail or from the address that the report was sent to. */
function keyOf({ messageId, returnKey }: DeliveryReport): string | undefined {
  return /^<?([0-9a-f]{32})@[^@\s]+$/i.exec(messageId ?? '')?.[1]?.toLowerCase() ?? returnKey;
}
