import type { Histogram } from './cells.ts';

/** Low and high end of an interval. */
export type Interval = [low: number, high: number];

/** Whether the goal was reached, where that can be said. */
export type Verdict = 'met' | 'notMet' | 'undecided';

/** The 97.5th percentile of the standard normal distribution, for two-sided 95 % intervals. */
const z95 = 1.959963984540054;

/** All histograms of one question as one. Merging knows no order and no grouping. */
export function mergeHistograms(histograms: Iterable<Histogram>): Histogram {
  const merged: Histogram = {};
  for (const histogram of histograms) {
    for (const [bin, count] of Object.entries(histogram)) merged[bin] = (merged[bin] ?? 0) + count;
  }
  return merged;
}

/** n: the number of answers in the given bins, by default in all. */
export function countAnswers(histogram: Histogram, bins: Iterable<string> = Object.keys(histogram)): number {
  let n = 0;
  for (const bin of bins) n += histogram[bin] ?? 0;
  return n;
}

/**
 * Arithmetic mean of the scored answers, sum(f x) / sum(f) with f answers of value x.
 * Bins without a value ("still pending") count in neither sum. Undefined when nothing is scored.
 */
export function mean(histogram: Histogram, value: (bin: string) => number | undefined): number | undefined {
  const { n, sum } = sums(histogram, value);
  return n === 0 ? undefined : sum / n;
}

/**
 * Sample standard deviation of the scored answers, sqrt(sum(f (x - mean)^2) / (n - 1)); undefined for n < 2.
 * Source: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.5.6.
 */
export function standardDeviation(
  histogram: Histogram,
  value: (bin: string) => number | undefined,
): number | undefined {
  const { n, sum } = sums(histogram, value);
  if (n < 2) return undefined;
  let squares = 0;
  for (const [bin, count] of Object.entries(histogram)) {
    const scored = value(bin);
    if (scored !== undefined) squares += count * (scored - sum / n) ** 2;
  }
  return Math.sqrt(squares / (n - 1));
}

/**
 * Wilson score interval of a share of `successes` in `n` trials:
 * (p + z^2/2n ± z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n), without continuity correction.
 * Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927);
 * as method 3 in R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872. For n = 0 everything is possible.
 */
export function wilsonInterval(successes: number, n: number, z = z95): Interval {
  if (n === 0) return [0, 1];
  const share = successes / n;
  const centre = share + z ** 2 / (2 * n);
  const halfWidth = z * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2));
  const scale = 1 + z ** 2 / n;
  const low = successes === 0 ? 0 : (centre - halfWidth) / scale;
  const high = successes === n ? 1 : (centre + halfWidth) / scale;
  return [Math.max(0, low), Math.min(1, high)];
}

/**
 * Response rate AAPOR RR1, the lowest of AAPOR's: complete answers over all cases that may have been asked,
 * I / ((I + P) + (R + NC + O) + (UH + UO)). Of a survey sent to named persons that is answered over invited: who said
 * nothing and whose invitation came back are of unknown eligibility (UO) and count. Every answer counts as complete,
 * since every question may be skipped. Undefined when nobody was invited.
 *
 * AAPOR's contact and cooperation rates need to know who saw the invitation and did not answer. Mails are not
 * watched here, so that is not known, and the rates are not given.
 * Source: AAPOR, Standard Definitions (10th ed., 2023), internet surveys of specifically named persons.
 */
export function responseRate1({
  answered,
  invited,
}: {
  answered: number;
  invited: number;
}): number | undefined {
  return invited > 0 ? answered / invited : undefined;
}

/**
 * Answered over delivered: the mails that a mail server accepted and that did not come back, as published, so that the
 * rate tells no more of them. Being rounded they may be a few less than were answered: 1 at most. Undefined when none arrived.
 */
export function responseRate({
  answered,
  delivered,
}: {
  answered: number;
  delivered: number;
}): number | undefined {
  return delivered > 0 ? Math.min(1, answered / delivered) : undefined;
}

/** Met when even the low end reaches the target, not met when the high end stays under it. */
export function verdictOn([low, high]: Interval, target: number): Verdict {
  if (low >= target) return 'met';
  return high < target ? 'notMet' : 'undecided';
}

function sums(histogram: Histogram, value: (bin: string) => number | undefined) {
  let n = 0;
  let sum = 0;
  for (const [bin, count] of Object.entries(histogram)) {
    const scored = value(bin);
    if (scored === undefined) continue;
    n += count;
    sum += count * scored;
  }
  return { n, sum };
}
