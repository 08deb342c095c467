import type { Context } from '../surveys/context.ts';
import { describeError } from './describe-error.ts';
import type { Queue } from './queue/queue.ts';
import type { Payloads } from './registry.ts';
import { releasesDue } from './releases-due.ts';

/** Milliseconds between two looks at the store. */
export interface Intervals {
  deliver: number;
  expire: number;
  rollUp: number;
  release: number;
}

/** An answer is in the cells within a second: half of it waiting at most, and the other half to count. */
const defaultIntervals: Intervals = { deliver: 2_000, expire: 60_000, rollUp: 500, release: 60_000 };

/**
 * Adds the jobs whose work lies in the store, again and again. Nothing is due because a queue remembers it, so a
 * queue that lost everything, or a process that died, delays work by one interval at most.
 */
export function startSchedule(
  ctx: Context,
  queue: Queue<Payloads>,
  intervals: Partial<Intervals> = {},
): { close(): Promise<void> } {
  const { deliver, expire, rollUp, release } = { ...defaultIntervals, ...intervals };
  const timers = [
    every(ctx, deliver, () => queue.add('deliver', {}, { id: 'deliver' })),
    every(ctx, expire, () => queue.add('expire', {}, { id: 'expire' })),
    every(ctx, rollUp, () => queue.add('rollUp', {}, { id: 'rollUp' })),
    every(ctx, release, async () => {
      for (const survey of await releasesDue(ctx)) {
        await queue.add('release', { survey }, { id: `release ${survey}` });
      }
    }),
  ];
  return {
    async close() {
      await Promise.all(timers.map((timer) => timer.close()));
    },
  };
}

/** Does something now and then at that interval, counted from its end; a failure is logged and the next turn comes. */
function every(ctx: Context, ms: number, act: () => Promise<void>): { close(): Promise<void> } {
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let turn = Promise.resolve();

  async function once(): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (!closed) ctx.log.error({ err: describeError(error) }, 'the schedule could not add a job');
    }
    if (!closed) timer = setTimeout(begin, ms);
  }

  function begin() {
    turn = once();
  }

  begin();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await turn;
    },
  };
}
