import { rollUp } from '../surveys/aggregates/index.ts';
import { carryOnArenas } from '../surveys/client-arena/index.ts';
import type { Context } from '../surveys/context.ts';
import { carryOnRounds } from '../surveys/golden-ear/index.ts';
import { expireDue } from '../surveys/invitations/index.ts';
import { planDigests } from '../surveys/overdue/index.ts';
import { createDelivery, type DeliveryOptions } from './deliver/index.ts';
import { createPace } from './deliver/pace.ts';
import { standForLeadership } from './leadership.ts';
import { sendNotices } from './notices/index.ts';
import { inThisProcess, type Place } from './place.ts';
import type { JobCounts } from './queue/queue.ts';
import { timed } from './queue/timed.ts';
import { startReconciler } from './reconciler.ts';
import { type Housekeeping, jobRegistry, type Payloads } from './registry.ts';
import { jobSchedule } from './schedule.ts';

export interface JobsOptions extends Omit<DeliveryOptions, 'pace'> {
  /** Where jobs wait for all processes that share it. Without it they wait in this process. */
  shared?: Place;
  /** The most mails a second, over all processes that share a queue. */
  mailsPerSecond?: number;
  /** Milliseconds between two looks for work of a kind, other than the schedule says. */
  intervals?: Partial<Record<keyof Payloads, number>>;
  /** False: nothing happens by itself, only `drain` does what is due. */
  schedule?: boolean;
  housekeeping?: Housekeeping;
}

export interface Jobs {
  /** Sends now the mail that is due now. For demos and tests, which don't wait for the schedule. */
  deliver(): Promise<void>;
  /** Does now all that is due now: mail, expiry, roll-up. */
  drain(): Promise<void>;
  /** The jobs of each kind, where they are. Rejects when the queue can't be reached. */
  counts(): Promise<Record<keyof Payloads, JobCounts>>;
  /** Adds and starts nothing more, gives unused claims back, waits for what runs, closes the transport. */
  close(): Promise<void>;
}

/**
 * Starts everything that happens later, in this process: mail, expiry, roll-up and releases. The transport is the
 * jobs' from here on. With a shared queue one of the processes looks for what is due, and all of them work.
 */
export function startJobs(ctx: Context, options: JobsOptions): Jobs {
  const { transport, intervals, schedule: byItself = true, mailsPerSecond } = options;
  const { reserve, open } = options.shared ?? inThisProcess(ctx);
  const pace = mailsPerSecond === undefined ? undefined : createPace(mailsPerSecond, reserve);
  const delivery = createDelivery(ctx, { ...options, ...(pace && { pace }) });
  const ending = new AbortController();
  const sendDueNotices = () => sendNotices(ctx, options);
  const all = jobRegistry(ctx, delivery, {
    ...options.housekeeping,
    sendNotices: sendDueNotices,
    signal: ending.signal,
  });
  const registry = ctx.jobEnded ? timed(all, ctx.jobEnded) : all;
  const queue = open(registry, options);
  queue.start();
  const leadership = byItself && options.shared ? standForLeadership(ctx, 'reconciler') : undefined;
  const reconciler = byItself
    ? startReconciler(queue, jobSchedule(ctx, delivery), {
        log: ctx.log,
        ...(leadership && { leads: leadership.holds }),
        ...(intervals && { intervals }),
      })
    : undefined;
  return {
    async deliver() {
      await delivery.deliverDue();
    },
    async drain() {
      await delivery.deliverDue();
      await carryOnRounds(ctx);
      await carryOnArenas(ctx);
      await planDigests(ctx);
      await sendDueNotices();
      await options.housekeeping?.takeKlantcontacten?.();
      await expireDue(ctx);
      await rollUp(ctx);
    },
    async counts() {
      const names = Object.keys(registry) as (keyof Payloads)[];
      const counted = names.map(async (name) => [name, await queue.counts(name)] as const);
      return Object.fromEntries(await Promise.all(counted)) as Record<keyof Payloads, JobCounts>;
    },
    async close() {
      ending.abort();
      await reconciler?.close();
      await leadership?.close();
      await Promise.all([delivery.close(), queue.close()]);
      await transport.close();
    },
  };
}
