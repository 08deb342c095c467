import type { AggregateRow } from '../../../schemas/generated/aggregate-row.ts';
import { type Difference, differenceOfMeans, differenceOfShares, verdictsTogether } from '../comparisons.ts';
import type { MeasuredQuestion } from '../measured-questions.ts';
import { previousPeriod } from '../periods.ts';
import { meanWithSpread, shareSatisfied } from '../released-figures.ts';
import { roundHalfUp } from './figures.ts';
import { keysOf } from './find-rows.ts';
import type { ReleaseRow } from './models.ts';

type Change = NonNullable<AggregateRow['change']>;
type FigureDifference = Change['mean'];

/** A row of a release and the one of the period before, where the release has that. */
export interface Pair {
  row: ReleaseRow;
  before: ReleaseRow | undefined;
}

/**
 * Each row with the row of the same keys in the period before. Rows of one release always have one meaning of their
 * question: it counts only the answers of versions that declare the same.
 */
export function pairs(rows: readonly ReleaseRow[], earlier: readonly ReleaseRow[]): Pair[] {
  const known = new Map(earlier.map((row) => [`${row.period}|${keysOf(row.keys)}`, row]));
  return rows.map((row) => ({ row, before: known.get(`${previousPeriod(row.period)}|${keysOf(row.keys)}`) }));
}

/** What changed in each row of one question, judged together. */
export function changesOf(question: MeasuredQuestion, compared: readonly Pair[]): Change[] {
  const means = judged(
    compared.map(({ row, before }) => {
      const [now, then] = [meanOf(question, row), meanOf(question, before)];
      if (!now || !then) return undefined;
      return {
        before: then.mean,
        at: (confidence: number) => differenceOfMeans(now, then, confidence),
        decimals: 2,
      };
    }),
  );
  const shares =
    question.satisfied &&
    judged(
      compared.map(({ row, before }) => {
        const [now, then] = [shareOf(question, row), shareOf(question, before)];
        if (!now || !then) return undefined;
        return {
          before: then.successes / then.n,
          at: (confidence: number) => differenceOfShares(now, then, confidence),
          decimals: 4,
        };
      }),
    );
  return compared.map(({ row }, index) => ({
    since: previousPeriod(row.period),
    ...(shares && { satisfied: shares[index]! }),
    mean: means[index]!,
  }));
}

interface Compared {
  before: number;
  at(confidence: number): Difference | undefined;
  decimals: number;
}

function judged(compared: readonly (Compared | undefined)[]): FigureDifference[] {
  const verdicts = verdictsTogether(
    compared.map((one) => (confidence: number) => one?.at(confidence)?.interval),
  );
  return compared.map((one, index) => {
    const found = one?.at(0.95);
    const verdict = verdicts[index]!;
    if (!one || !found) return { verdict };
    const { before, decimals } = one;
    return {
      before: roundHalfUp(before, decimals),
      difference: roundHalfUp(found.difference, decimals),
      interval: found.interval.map((end) => roundHalfUp(end, decimals)) as [number, number],
      verdict,
    };
  });
}

function meanOf(question: MeasuredQuestion, row: ReleaseRow | undefined) {
  return row && meanWithSpread(question, row.figures);
}

function shareOf(question: MeasuredQuestion, row: ReleaseRow | undefined) {
  const share = row && shareSatisfied(question, row.figures);
  return share && share.n > 0 ? share : undefined;
}
