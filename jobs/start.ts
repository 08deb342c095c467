import { rollUp } from '../surveys/aggregates/index.ts';
import type { Context } from '../surveys/context.ts';
import { expireDue } from '../surveys/invitations/index.ts';
import { createDelivery, type DeliveryOptions } from './deliver/index.ts';
import { createInProcessQueue } from './queue/in-process.ts';
import { startReconciler } from './reconciler.ts';
import { jobRegistry, type Payloads } from './registry.ts';
import { jobSchedule } from './schedule.ts';

export interface JobsOptions extends DeliveryOptions {
  /** Milliseconds between two looks for work of a kind, other than the schedule says. */
  intervals?: Partial<Record<keyof Payloads, number>>;
  /** False: nothing happens by itself, only `drain` does what is due. */
  schedule?: boolean;
}

export interface Jobs {
  /** Sends now the mail that is due now. For demos and tests, which don't wait for the schedule. */
  deliver(): Promise<void>;
  /** Does now all that is due now: mail, expiry, roll-up. */
  drain(): Promise<void>;
  /** Adds and starts nothing more, gives unused claims back, waits for what runs, closes the transport. */
  close(): Promise<void>;
}

/**
 * Starts everything that happens later, in this process: mail, expiry, roll-up and releases. The transport is the
 * jobs' from here on.
 */
export function startJobs(ctx: Context, options: JobsOptions): Jobs {
  const { random, transport, intervals, schedule: byItself = true } = options;
  const delivery = createDelivery(ctx, options);
  const queue = createInProcessQueue(jobRegistry(ctx, delivery), { log: ctx.log, ...(random && { random }) });
  queue.start();
  const reconciler = byItself
    ? startReconciler(queue, jobSchedule(ctx, delivery), { log: ctx.log, ...(intervals && { intervals }) })
    : undefined;
  return {
    async deliver() {
      await delivery.deliverDue();
    },
    async drain() {
      await delivery.deliverDue();
      await expireDue(ctx);
      await rollUp(ctx);
    },
    async close() {
      await reconciler?.close();
      await Promise.all([delivery.close(), queue.close()]);
      await transport.close();
    },
  };
}
