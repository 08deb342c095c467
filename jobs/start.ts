import { rollUp } from '../surveys/aggregates/index.ts';
import type { Context } from '../surveys/context.ts';
import { expireDue } from '../surveys/invitations/index.ts';
import type { Random } from './backoff.ts';
import { createDelivery, type DeliveryOptions } from './deliver/index.ts';
import { createPace, type Reserve, reserveHere, reserveInRedis } from './deliver/pace.ts';
import { standForLeadership } from './leadership.ts';
import { createBullQueue } from './queue/bull.ts';
import { createInProcessQueue } from './queue/in-process.ts';
import type { JobCounts, Queue, Registry } from './queue/queue.ts';
import { openRedis, whenReady } from './queue/redis.ts';
import { timed } from './queue/timed.ts';
import { startReconciler } from './reconciler.ts';
import { type Housekeeping, jobRegistry, type Payloads } from './registry.ts';
import { jobSchedule } from './schedule.ts';

export interface JobsOptions extends Omit<DeliveryOptions, 'pace'> {
  /** Where jobs wait for all processes that name the same prefix. Without it they wait in this process. */
  redis?: { url: string; prefix: string };
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
  const { reserve, open } = options.redis ? inRedis(ctx, options.redis) : inThisProcess(ctx);
  const pace = mailsPerSecond === undefined ? undefined : createPace(mailsPerSecond, reserve);
  const delivery = createDelivery(ctx, { ...options, ...(pace && { pace }) });
  const all = jobRegistry(ctx, delivery, options.housekeeping);
  const registry = ctx.jobEnded ? timed(all, ctx.jobEnded) : all;
  const queue = open(registry, options);
  queue.start();
  const leadership = byItself && options.redis ? standForLeadership(ctx, 'reconciler') : undefined;
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
      await expireDue(ctx);
      await rollUp(ctx);
    },
    async counts() {
      const names = Object.keys(registry) as (keyof Payloads)[];
      const counted = names.map(async (name) => [name, await queue.counts(name)] as const);
      return Object.fromEntries(await Promise.all(counted)) as Record<keyof Payloads, JobCounts>;
    },
    async close() {
      await reconciler?.close();
      await leadership?.close();
      await Promise.all([delivery.close(), queue.close()]);
      await transport.close();
    },
  };
}

/** Where jobs wait, and who gives each mail its place in time. */
interface Place {
  reserve: Reserve;
  open(registry: Registry<Payloads>, options: { random?: Random }): Queue<Payloads>;
}

function inThisProcess({ log }: Context): Place {
  return {
    reserve: reserveHere(),
    open: (registry, { random }) => createInProcessQueue(registry, { log, ...(random && { random }) }),
  };
}

/** Milliseconds to wait for Redis before mail stops. */
const patience = 2_000;

function inRedis({ log }: Context, { url, prefix }: { url: string; prefix: string }): Place {
  const redis = openRedis(url, log);
  const reachable = () => whenReady(redis.client, patience);
  return {
    reserve: reserveInRedis(redis.client, `${prefix}:pace`, reachable),
    open: (registry, { random }) =>
      createBullQueue(registry, { redis, prefix, log, ...(random && { random }) }),
  };
}
