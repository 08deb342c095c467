import type { AggregateRow } from '../../schemas/generated/aggregate-row.ts';
import {
  type ChangeVerdict,
  type Difference,
  differenceOfMeans,
  differenceOfShares,
  type Mean,
  type Share,
  verdictOnChange,
} from '../aggregates/comparisons.ts';
import type { MeasuredQuestion } from '../aggregates/measured-questions.ts';
import { meanWithSpread, shareSatisfied } from '../aggregates/released-figures.ts';

/** What is known of an action's effect. */
export interface KnownEffect {
  of: 'share' | 'mean';
  /** The periods that are compared, `2025-Q4` and `2026-Q2`. */
  before: string;
  after: string;
  figures: { before: number; after: number };
  /** The department's own change. */
  own: Difference;
  /** The change of all other departments together; undefined where no other is shown in both periods. */
  others?: Difference;
  /** The own change less that of the others. */
  effect?: Difference;
  verdict: ChangeVerdict;
}

interface Around<T> {
  before: T;
  after: T;
}

/**
 * Holds a department's change beside that of the others.
 * @param rows the released rows of all departments that are shown, of either period
 * @returns undefined where the department is hidden in one of the periods
 */
export function compareAround(
  question: MeasuredQuestion,
  department: string,
  periods: Around<string>,
  rows: Around<AggregateRow[]>,
): KnownEffect | undefined {
  return question.satisfied
    ? inBoth(department, periods, rows, {
        of: 'share',
        read: (row) => shareSatisfied(question, row),
        together: shareTogether,
        difference: differenceOfShares,
        figure: ({ successes, n }) => successes / n,
      })
    : inBoth(department, periods, rows, {
        of: 'mean',
        read: (row) => meanWithSpread(question, row),
        together: meanTogether,
        difference: differenceOfMeans,
        figure: ({ mean }) => mean,
      });
}

interface Kind<Figure> {
  of: 'share' | 'mean';
  read(row: AggregateRow): Figure | undefined;
  /** The figure of all of them as one. */
  together(figures: Figure[]): Figure;
  difference(first: Figure, second: Figure): Difference | undefined;
  figure(figure: Figure): number;
}

function inBoth<Figure>(
  department: string,
  periods: Around<string>,
  { before, after }: Around<AggregateRow[]>,
  { of, read, together, difference, figure }: Kind<Figure>,
): KnownEffect | undefined {
  const pairs = after.flatMap((row) => {
    const earlier = before.find((one) => one.department === row.department);
    const [first, second] = [earlier && read(earlier), read(row)];
    return first && second ? [{ department: row.department, before: first, after: second }] : [];
  });
  const mine = pairs.find((pair) => pair.department === department);
  const own = mine && difference(mine.after, mine.before);
  if (!own) return undefined;
  const rest = pairs.filter((pair) => pair !== mine);
  const others =
    rest.length === 0
      ? undefined
      : difference(together(rest.map((pair) => pair.after)), together(rest.map((pair) => pair.before)));
  const effect = others && differenceOfDifferences(own, others);
  return {
    of,
    ...periods,
    figures: { before: figure(mine.before), after: figure(mine.after) },
    own,
    ...(others && { others }),
    ...(effect && { effect }),
    verdict: verdictOnChange(effect?.interval),
  };
}

/**
 * One difference less another, independent one. The squares of the distances from each to its own limits add up, as
 * variances do: d1 - d2 - sqrt((d1 - l1)^2 + (u2 - d2)^2) to d1 - d2 + sqrt((u1 - d1)^2 + (d2 - l2)^2).
 * Source: G. Y. Zou and A. Donner, "Construction of confidence limits about effect measures: a general approach",
 * Statistics in Medicine 27 (2008) 1693-1702.
 */
export function differenceOfDifferences(first: Difference, second: Difference): Difference {
  const difference = first.difference - second.difference;
  const [low1, high1] = first.interval;
  const [low2, high2] = second.interval;
  return {
    difference,
    interval: [
      difference - Math.hypot(first.difference - low1, high2 - second.difference),
      difference + Math.hypot(high1 - first.difference, second.difference - low2),
    ],
  };
}

function shareTogether(shares: Share[]): Share {
  return shares.reduce((sum, { successes, n }) => ({ successes: sum.successes + successes, n: sum.n + n }), {
    successes: 0,
    n: 0,
  });
}

/** Means of groups as one group: squares within and between the groups add up. */
function meanTogether(means: Mean[]): Mean {
  const n = means.reduce((sum, one) => sum + one.n, 0);
  const mean = means.reduce((sum, one) => sum + one.n * one.mean, 0) / n;
  const squares = means.reduce(
    (sum, one) => sum + (one.n - 1) * one.deviation ** 2 + one.n * (one.mean - mean) ** 2,
    0,
  );
  const rounding = Math.max(...means.map((one) => one.rounding ?? 0));
  return { n, mean, deviation: Math.sqrt(squares / (n - 1)), rounding };
}
