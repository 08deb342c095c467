import type { Clock } from '../../surveys/clock.ts';

/** A clock that gains this much on the time that went by was put forward, in milliseconds; less is within a lease's slack. */
const tolerance = 60_000;

/** Tells a clock that is put forward from time that goes by: leases end by the clock, but no conversation ends sooner. */
export interface ClockWatch {
  /** Whether the clock was seen to be put forward after that moment, in milliseconds of `performance.now`. */
  putForwardSince(moment: number): boolean;
}

/** Watches from now on; it notices when it is asked. */
export function watchClock(clock: Clock): ClockWatch {
  const difference = () => clock.now().getTime() - performance.now();
  let last = difference();
  let putForwardAt = Number.NEGATIVE_INFINITY;
  return {
    putForwardSince(moment) {
      const current = difference();
      if (current - last > tolerance) putForwardAt = performance.now();
      last = current;
      return putForwardAt > moment;
    },
  };
}
