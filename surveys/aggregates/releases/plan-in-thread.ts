import Tinypool from 'tinypool';
import type { PlainInput, PlainPlan } from './plan-thread.ts';

/** `.ts` where the sources run, `.js` where they were compiled. */
const ending = import.meta.url.slice(import.meta.url.lastIndexOf('.'));

/** One thread, because a process makes one release at a time; it ends when there is nothing to plan for a while. */
const threads = new Tinypool({
  filename: new URL(`./plan-thread${ending}`, import.meta.url).href,
  minThreads: 0,
  maxThreads: 1,
  idleTimeout: 5_000,
});

/**
 * `planRelease` in a thread of its own: it computes for seconds in a large town, and in an unlucky one for half a
 * minute, and whoever opens a page of the same process would wait for it.
 */
export function planInThread(input: PlainInput): Promise<PlainPlan> {
  return threads.run(input);
}
