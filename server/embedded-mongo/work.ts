import { StoreError } from './errors.ts';

/**
 * A piece of work: it yields when its slice of time is used up and goes on later. Between two slices others work, so
 * what was read before a `yield` may have changed after it.
 */
export type Work<T> = Generator<undefined, T, undefined>;

/** How long one piece of work may hold the event loop, in ms. */
const sliceMs = 8;

let sliceEnd = 0;
let calls = 0;

/** Starts a slice for the work that is resumed next. */
export function startSlice(ms = sliceMs): void {
  sliceEnd = performance.now() + ms;
  calls = 0;
}

/** Whether the running work should yield. The clock is read at every 16th call only. */
export function sliceSpent(): boolean {
  calls += 1;
  return (calls & 15) === 0 && performance.now() >= sliceEnd;
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Short work, done in one go. */
// biome-ignore lint/correctness/useYield: it is too short to yield.
export function* atOnce<T>(action: () => T): Work<T> {
  return action();
}

/** Runs reading work in slices, letting the event loop turn in between. `deadline` is a `performance.now()` time. */
export async function runInSlices<T>(work: Work<T>, fresh: () => void, deadline: number): Promise<T> {
  for (;;) {
    startSlice();
    fresh();
    const step = work.next();
    if (step.done) return step.value;
    await nextTurn();
    checkDeadline(work, deadline);
  }
}

export function checkDeadline(work: Work<unknown>, deadline: number): void {
  if (performance.now() < deadline) return;
  work.return(undefined);
  throw new StoreError('MaxTimeMSExpired', 'operation exceeded time limit');
}
