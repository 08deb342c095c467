/** A number from 0 up to 1, as `Math.random` gives it; injected so that a test can choose it. */
export type Random = () => number;

interface Backoff {
  baseMs: number;
  maxMs: number;
}

/**
 * Milliseconds to wait after the given failed attempt (counted from 1): exponential with "equal jitter", so at
 * least half the step and at most all of it. Many that failed together do not come back together.
 * Source: M. Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015.
 */
export function backoffDelay(attempt: number, { baseMs, maxMs }: Backoff, random: Random): number {
  const step = Math.min(maxMs, baseMs * 2 ** Math.min(attempt - 1, 40));
  return Math.round(step / 2 + (step / 2) * random());
}
