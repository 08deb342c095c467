import type { Context } from '../../surveys/context.ts';
import type { ReturnedOutcome } from '../../surveys/invitations/index.ts';
import { readDeliveryReport } from './delivery-report.ts';
import type { Mailbox } from './mailbox.ts';
import { recordReport } from './record-report.ts';

/** How many mails said what; `other`: mails that are no delivery reports. */
export type BounceCounts = Record<ReturnedOutcome | 'other', number>;

/**
 * Reads what came back to the mailbox. A report is deleted once it was recorded, since it holds an address; any other mail
 * is left for people, marked as seen. A process that dies in between meets the same report again, which changes nothing.
 */
export async function readBounces(ctx: Context, mailbox: Mailbox): Promise<BounceCounts> {
  const counts: BounceCounts = { bounced: 0, temporary: 0, unmatched: 0, other: 0 };
  await mailbox.readNew(async (raw) => {
    const report = await readDeliveryReport(raw);
    if (!report) {
      counts.other += 1;
      ctx.count?.('bounces', 'other');
      return 'leave';
    }
    const outcome = await recordReport(ctx, report);
    counts[outcome] += 1;
    ctx.count?.('bounces', outcome);
    return 'delete';
  });
  return counts;
}
