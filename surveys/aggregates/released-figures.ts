import type { AggregateRow } from '../../schemas/generated/aggregate-row.ts';
import type { Mean, Share } from './comparisons.ts';
import type { MeasuredQuestion } from './measured-questions.ts';

type Released = Pick<AggregateRow, 'distribution' | 'mean' | 'satisfied'>;
type Known = Pick<MeasuredQuestion, 'bands' | 'valueOf' | 'satisfied'>;

/** Half of the last decimal of a published mean. */
const meanRounding = 0.05;

/** The same of a share, and the noise of binary fractions. */
const shareRounding = 0.000051;

/**
 * How many of the scored answers of a released row are satisfied, exactly: the limit of "satisfied" never runs through
 * a published band. Undefined where the row is hidden, the scale knows no satisfaction, or the row was made with another
 * scale or limit than the question has here.
 */
export function shareSatisfied(question: Known, released: Released): Share | undefined {
  const { bands, satisfied } = question;
  const { distribution } = released;
  if (!satisfied || !fits(bands, distribution)) return undefined;
  const share = { successes: 0, n: 0 };
  for (const { key, bins } of bands) {
    if (question.valueOf(bins[0]!) === undefined) continue;
    share.n += distribution[key] ?? 0;
    if (satisfied.has(bins[0]!)) share.successes += distribution[key] ?? 0;
  }
  const published = released.satisfied ?? 0;
  return Math.abs(share.successes - published * share.n) <= shareRounding * share.n ? share : undefined;
}

/**
 * The mean of a released row with a standard deviation for intervals. Both are exact where each band is one answer.
 * Elsewhere (grades 1 to 5 are published together) the deviation is the largest that fits the published bands and
 * mean: intervals with it hold at least what they promise, and tell nothing that is not published.
 * Undefined where the row is hidden, fewer than two answers are scored, or the bands are of another scale than the question has now.
 */
export function meanWithSpread(question: Known, { distribution, mean }: Released): Mean | undefined {
  if (mean === undefined || !fits(question.bands, distribution)) return undefined;
  const parts = question.bands.flatMap(({ key, bins }): Part[] => {
    const values = bins.map(question.valueOf).filter((value) => value !== undefined);
    if (values.length === 0) return [];
    return [{ count: distribution[key] ?? 0, low: Math.min(...values), high: Math.max(...values) }];
  });
  const n = total(parts, ({ count }) => count);
  const [lowest, highest] = [
    total(parts, ({ count, low }) => count * low),
    total(parts, ({ count, high }) => count * high),
  ];
  if (n < 2) return undefined;
  if (lowest === highest) return { n, mean: lowest / n, deviation: largestDeviation(parts, n, [lowest]) };
  const from = Math.max(lowest, n * (mean - meanRounding));
  const to = Math.min(highest, n * (mean + meanRounding));
  return {
    n,
    mean,
    deviation: largestDeviation(parts, n, [from, to, ...peaksBetween(parts, n, from, to)]),
    rounding: meanRounding,
  };
}

/** So many answers somewhere from low to high. */
interface Part {
  count: number;
  low: number;
  high: number;
}

/** The largest standard deviation over these sums of all answers. */
function largestDeviation(parts: Part[], n: number, sums: number[]): number {
  const squares = sums.map((sum) => largestSquares(parts, sum) - sum ** 2 / n);
  return Math.sqrt(Math.max(0, ...squares) / (n - 1));
}

/**
 * The largest sum of squares for a sum of all answers: within a band squares grow most when answers lie at its ends,
 * by low + high for each step of the sum, so the sum is reached by the bands where that is largest.
 */
function largestSquares(parts: Part[], sum: number): number {
  let left = sum - total(parts, ({ count, low }) => count * low);
  let squares = total(parts, ({ count, low }) => count * low ** 2);
  for (const { count, low, high } of inOrder(parts)) {
    const moved = Math.min(left, count * (high - low));
    squares += moved * (low + high);
    left -= moved;
  }
  return squares;
}

/** Sums strictly between two ends where the variance may be larger than at the ends: it is concave in pieces. */
function peaksBetween(parts: Part[], n: number, from: number, to: number): number[] {
  let reached = total(parts, ({ count, low }) => count * low);
  const found: number[] = [];
  for (const { count, low, high } of inOrder(parts)) {
    reached += count * (high - low);
    found.push(reached, (n * (low + high)) / 2);
  }
  return found.filter((sum) => sum > from && sum < to);
}

function inOrder(parts: Part[]): Part[] {
  return [...parts].sort((a, b) => b.low + b.high - (a.low + a.high));
}

function fits(
  bands: MeasuredQuestion['bands'],
  distribution: Released['distribution'],
): distribution is Record<string, number> {
  const keys = new Set(bands.map(({ key }) => key));
  return distribution !== undefined && Object.keys(distribution).every((key) => keys.has(key));
}

function total(parts: Part[], value: (part: Part) => number): number {
  return parts.reduce((sum, part) => sum + value(part), 0);
}
