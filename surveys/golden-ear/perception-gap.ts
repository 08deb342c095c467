import type { AggregateRow } from '../../schemas/generated/aggregate-row.ts';
import { meanInterval } from '../aggregates/comparisons.ts';
import type { Interval } from '../aggregates/measures.ts';

/** How a department's picture of itself compares with what residents say. */
export type GapVerdict = 'better' | 'asWell' | 'less' | 'cannotBeSaidYet';

/** A figure from 0 to 100 with its 95 % interval. */
export interface OnScale {
  value: number;
  interval: Interval;
}

/** Self-image beside experience: of 100 residents, how many feel heard? */
export interface PerceptionGap {
  /** The mean of what staff think. */
  staff: OnScale | undefined;
  /** The share of residents who say so. */
  residents: OnScale | undefined;
  /** Staff less residents, in points of 100. */
  difference: OnScale | undefined;
  verdict: GapVerdict;
}

/** A difference of at most so many points either way counts as "as well". */
const asWellWithin = 15;

/** What staff estimated: mean, spread and number. `rounding`: how far the true mean may be off. */
export interface Estimate {
  n: number;
  mean: number;
  deviation?: number;
}

/** Half of the last decimal of a released mean. */
const rounding = 0.05;

/**
 * Staff's mean estimate (Student's t interval) less the share of residents who feel heard (Wilson's), both of 100. The
 * interval of the difference joins both by the distance of each to its own limits, which holds for independent figures
 * of different kinds: d - sqrt((m - l)^2 + (u' - p)^2) to d + sqrt((u - m)^2 + (p - l')^2).
 * Source: G. Y. Zou and A. Donner, "Construction of confidence limits about effect measures: a general approach",
 * Statistics in Medicine 27 (2008) 1693-1702 (MOVER); for two shares it is Newcombe's method 10.
 *
 * "Better" or "less" when the interval leaves out 0. "As well" only when all of it lies within 15 points: that no
 * difference was found does not say that there is none.
 */
export function perceptionGap(
  estimate: Estimate | undefined,
  heard: Pick<AggregateRow, 'satisfied' | 'satisfiedInterval'> | undefined,
): PerceptionGap {
  const staff = staffOf(estimate);
  const residents = residentsOf(heard);
  if (!staff || !residents) return { staff, residents, difference: undefined, verdict: 'cannotBeSaidYet' };
  const value = staff.value - residents.value;
  const [[low, high], [lowest, highest]] = [staff.interval, residents.interval];
  const interval: Interval = [
    value - Math.hypot(staff.value - low, highest - residents.value),
    value + Math.hypot(high - staff.value, residents.value - lowest),
  ];
  return { staff, residents, difference: { value, interval }, verdict: verdictOf(interval) };
}

function staffOf(estimate: Estimate | undefined): OnScale | undefined {
  if (estimate?.deviation === undefined) return undefined;
  const { n, mean, deviation } = estimate;
  const interval = meanInterval({ n, mean, deviation, rounding });
  return interval && { value: mean, interval: [Math.max(0, interval[0]), Math.min(100, interval[1])] };
}

function residentsOf(
  heard: Pick<AggregateRow, 'satisfied' | 'satisfiedInterval'> | undefined,
): OnScale | undefined {
  if (heard?.satisfied === undefined || heard.satisfiedInterval === undefined) return undefined;
  const [low, high] = heard.satisfiedInterval as Interval;
  return { value: 100 * heard.satisfied, interval: [100 * low, 100 * high] };
}

function verdictOf([low, high]: Interval): GapVerdict {
  if (low > 0) return 'better';
  if (high < 0) return 'less';
  return low >= -asWellWithin && high <= asWellWithin ? 'asWell' : 'cannotBeSaidYet';
}
