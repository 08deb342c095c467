import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { fail } from './errors.ts';

/**
 * A piece of work: it yields when its slice of time is used up and goes on later. Between two slices others work, so
 * what was read before a `yield` may have changed after it.
 */
export type Work<T> = Generator<undefined, T, undefined>;

/** A stream of items, with `undefined` where the slice of time is used up. */
export type Items<T> = Generator<T | undefined, void, undefined>;

/** How long one piece of work may hold the event loop, in ms. */
const sliceMs = 4;
/** How long it steps aside after a slice in which others came, in ms: what they ask takes several turns each. */
const asideMs = 8;

let sliceEnd = 0;
let calls = 0;
let slices = 0;

/** Starts a slice for the work that is resumed next. */
export function startSlice(): void {
  sliceEnd = performance.now() + sliceMs;
  calls = 0;
  slices += 1;
}

/** The number of the current slice: what was read in another one may have changed. */
export const currentSlice = (): number => slices;

/** Whether the running work should yield. The clock is read at every 16th call only, unless `now`. */
export function sliceSpent(now = false): boolean {
  calls += 1;
  return (now || (calls & 15) === 0) && performance.now() >= sliceEnd;
}

/** Short work, done in one go. */
// biome-ignore lint/correctness/useYield: it is too short to yield.
export function* atOnce<T>(action: () => T): Work<T> {
  return action();
}

/**
 * Runs reading work in slices, letting the event loop turn in between, and longer while others work too: a scan then
 * takes a third of the time at most. `deadline` is a `performance.now()` time.
 */
export async function runInSlices<T>(
  work: Work<T>,
  fresh: () => void,
  deadline = Number.POSITIVE_INFINITY,
): Promise<T> {
  for (;;) {
    startSlice();
    const own = slices;
    fresh();
    const step = work.next();
    if (step.done) return step.value;
    await nextTurn();
    if (slices > own) await pause(asideMs);
    checkDeadline(work, deadline);
  }
}

/** Ends the work with an error when its time is over. */
export function checkDeadline(work: Work<unknown>, deadline: number): void {
  if (performance.now() < deadline) return;
  work.return(undefined);
  fail('MaxTimeMSExpired', 'operation exceeded time limit');
}
