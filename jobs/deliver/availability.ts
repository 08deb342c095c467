import { backoffDelay, type Random } from '../backoff.ts';

const pause = { baseMs: 5_000, maxMs: 300_000 };

/**
 * Remembers whether the mail server can be reached, so that an outage costs one attempt of one invitation now and
 * then, not one of each.
 */
export interface Availability {
  /** How many mails may be tried now: none for a while after a failure, then one, then all again. */
  allowed(limit: number): number;
  works(): void;
  /** @returns true when this is news: the first failure after it worked. */
  fails(): boolean;
}

/** `now` gives milliseconds of a clock that never goes back, such as `performance.now`. */
export function createAvailability(now: () => number, random: Random): Availability {
  let failures = 0;
  let resumesAt = 0;
  return {
    allowed: (limit) => (failures === 0 ? limit : now() < resumesAt ? 0 : 1),
    works() {
      failures = 0;
    },
    fails() {
      // Mails that were under way together fail together: that counts once.
      if (failures > 0 && now() < resumesAt) return false;
      failures += 1;
      resumesAt = now() + backoffDelay(failures, pause, random);
      return failures === 1;
    },
  };
}
