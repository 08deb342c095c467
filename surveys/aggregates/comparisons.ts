import { type Interval, wilsonInterval } from './measures.ts';
import { normalQuantile, studentQuantile } from './quantiles.ts';

/** Which of two figures is higher, as far as can be said. Locale files have a word for each. */
export type ChangeVerdict = 'better' | 'worse' | 'noClearChange' | 'cannotBeSaidYet';

/** So many of n. */
export interface Share {
  successes: number;
  n: number;
}

/** A mean with the spread of the answers around it. */
export interface Mean {
  n: number;
  mean: number;
  /** Sample standard deviation. */
  deviation: number;
  /** How far the true mean may lie from `mean` because that was rounded; absent: it is exact. */
  rounding?: number | undefined;
}

/** The first figure less the second. */
export interface Difference {
  difference: number;
  interval: Interval;
}

/**
 * The difference of two independent shares with its hybrid score interval: from the Wilson limits l and u of both,
 * d - sqrt((p1 - l1)^2 + (u2 - p2)^2) to d + sqrt((u1 - p1)^2 + (p2 - l2)^2). Undefined when one has no answers.
 * Source: R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in
 * Medicine 17 (1998) 873-890, method 10.
 */
export function differenceOfShares(first: Share, second: Share, confidence = 0.95): Difference | undefined {
  if (first.n === 0 || second.n === 0) return undefined;
  const z = normalQuantile(confidence);
  const [p1, p2] = [first.successes / first.n, second.successes / second.n];
  const [low1, high1] = wilsonInterval(first.successes, first.n, z);
  const [low2, high2] = wilsonInterval(second.successes, second.n, z);
  const difference = p1 - p2;
  return {
    difference,
    interval: [
      difference - Math.hypot(p1 - low1, high2 - p2),
      difference + Math.hypot(high1 - p1, p2 - low2),
    ],
  };
}

/**
 * The difference of two independent means with its interval by Welch's t, which lets the variances differ:
 * d ± t(v) sqrt(a + b) with a = s1^2/n1, b = s2^2/n2 and v = (a + b)^2 / (a^2/(n1 - 1) + b^2/(n2 - 1)) degrees of
 * freedom; wider by what rounding may hide. Undefined when one of them has fewer than two answers.
 * Source: B. L. Welch, "The generalization of 'Student's' problem", Biometrika 34 (1947) 28-35.
 */
export function differenceOfMeans(
  first: Mean,
  second: Mean,
  confidence = 0.95,
): (Difference & { degreesOfFreedom: number }) | undefined {
  if (first.n < 2 || second.n < 2) return undefined;
  const [a, b] = [first.deviation ** 2 / first.n, second.deviation ** 2 / second.n];
  // Without any spread the formula is 0/0: the degrees of freedom no longer matter.
  const degreesOfFreedom =
    a + b === 0 ? first.n + second.n - 2 : (a + b) ** 2 / (a ** 2 / (first.n - 1) + b ** 2 / (second.n - 1));
  const reach =
    studentQuantile(confidence, degreesOfFreedom) * Math.sqrt(a + b) +
    (first.rounding ?? 0) +
    (second.rounding ?? 0);
  const difference = first.mean - second.mean;
  return { difference, interval: [difference - reach, difference + reach], degreesOfFreedom };
}

/** The interval of one mean by Student's t, wider by what rounding may hide. Undefined for fewer than two answers. */
export function meanInterval(
  { n, mean, deviation, rounding = 0 }: Mean,
  confidence = 0.95,
): Interval | undefined {
  if (n < 2) return undefined;
  const reach = (studentQuantile(confidence, n - 1) * deviation) / Math.sqrt(n) + rounding;
  return [mean - reach, mean + reach];
}

/** What an interval of a difference says of the first figure; without an interval nothing can be said yet. */
export function verdictOnChange(interval: Interval | undefined): ChangeVerdict {
  if (!interval) return 'cannotBeSaidYet';
  if (interval[0] > 0) return 'better';
  return interval[1] < 0 ? 'worse' : 'noClearChange';
}

/**
 * The p-value that belongs to an interval: 1 less the highest confidence at which it leaves out 0. So a verdict by the
 * p-value and one by the interval are the same. Found by halving, to 2^-40.
 */
export function pValueOf(intervalAt: (confidence: number) => Interval): number {
  const leavesOutZero = (p: number) => {
    const [low, high] = intervalAt(1 - p);
    return low > 0 || high < 0;
  };
  let [low, high] = [0, 1];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (leavesOutZero(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * Adjusts p-values of a family of comparisons: of m in rising order, the i-th (from 1) becomes the largest of
 * (m - j + 1) p(j) for j up to i, at most 1. A comparison stands when its adjusted value is at most 0.05: then the
 * chance that any of those that stand is wrong is 5 % at most. Given in the order they came in.
 * Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scand. J. Statistics 6 (1979) 65-70.
 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, index) => index).sort((a, b) => pValues[a]! - pValues[b]!);
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  for (const [rank, index] of order.entries()) {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * pValues[index]!));
    adjusted[index] = largest;
  }
  return adjusted;
}

/**
 * Verdicts on many differences at once, by Holm. A missing one can't be said yet and counts as no comparison.
 * @param differences each as a function of the confidence
 */
export function verdictsTogether(
  differences: readonly ((confidence: number) => Interval | undefined)[],
): ChangeVerdict[] {
  const known = differences.flatMap((at, index) => (at(0.95) ? [index] : []));
  const adjusted = holm(known.map((index) => pValueOf((confidence) => differences[index]!(confidence)!)));
  const place = new Map(known.map((index, at) => [index, at]));
  return differences.map((at, index) => {
    const found = place.get(index);
    if (found === undefined) return 'cannotBeSaidYet';
    return adjusted[found]! <= 0.05 ? verdictOnChange(at(0.95)) : 'noClearChange';
  });
}
