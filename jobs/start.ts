import type { Context } from '../surveys/context.ts';
import { createDelivery, type DeliveryOptions } from './deliver/index.ts';
import { createInProcessQueue } from './queue/in-process.ts';
import { jobRegistry } from './registry.ts';
import { type Intervals, startSchedule } from './schedule.ts';

export interface JobsOptions extends DeliveryOptions {
  intervals?: Partial<Intervals>;
}

/**
 * Starts everything that happens later, in this process: mail, expiry, roll-up and releases. The transport is the
 * jobs' from here on.
 * @returns `close`: adds and starts nothing more, gives unused claims back, waits for what runs, closes the transport.
 */
export function startJobs(ctx: Context, options: JobsOptions): { close(): Promise<void> } {
  const { random, transport, intervals } = options;
  const delivery = createDelivery(ctx, options);
  const queue = createInProcessQueue(jobRegistry(ctx, delivery), { log: ctx.log, ...(random && { random }) });
  queue.start();
  const schedule = startSchedule(ctx, queue, intervals);
  return {
    async close() {
      await schedule.close();
      await Promise.all([delivery.close(), queue.close()]);
      await transport.close();
    },
  };
}
