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
import { newestRelease, readAggregates } from '../aggregates/index.ts';
import { type MeasuredQuestion, measuredQuestions } from '../aggregates/measured-questions.ts';
import { type PeriodLevel, periodOf } from '../aggregates/periods.ts';
import { meanWithSpread, shareSatisfied } from '../aggregates/released-figures.ts';
import { isReleased } from '../aggregates/tables.ts';
import { monthOf } from '../calendar.ts';
import type { Context } from '../context.ts';
import { publishedSurvey } from '../definitions/index.ts';
import { surveySettings } from '../settings/index.ts';
import type { Action } from './model.ts';
import { lastMonth, neighbour } from './neighbour.ts';

/** What an action did to its measure, as far as releases tell. */
export type Effect =
  /** Nothing was named that should move. */
  | { kind: 'noMeasure' }
  | { kind: 'notDone' }
  /** The period after it is not over, or not released, or hidden. */
  | { kind: 'notYet'; before: string; after: string }
  | ({ kind: 'known' } & KnownEffect);

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

/**
 * Before and after an action, from one release. Guarded against regression to the mean in two ways: the period in which
 * the signal showed is left out (a low that is chosen for being low is followed by a higher figure by itself), and the
 * other departments' change of the same measure is taken off. Before is the quarter before that of the signal, after the
 * quarter after the one in which it was done; years, where the survey releases no quarters by department.
 */
export async function effectOf(ctx: Context, action: Action): Promise<Effect> {
  const { measure, doneOn, signal } = action;
  if (!measure) return { kind: 'noMeasure' };
  if (action.state !== 'done' || doneOn === undefined) return { kind: 'notDone' };
  const [published, release] = await Promise.all([
    publishedSurvey(measure.survey),
    newestRelease(measure.survey),
  ]);
  if (!published) return { kind: 'noMeasure' };
  const settings = await surveySettings(measure.survey);
  const tables = release?.tables ?? settings.tables;
  const level: PeriodLevel = isReleased(tables, ['department'], 'quarter') ? 'quarter' : 'year';
  const before = neighbour(periodOf(signal.month, level), -1);
  const after = neighbour(periodOf(doneOn.slice(0, 7), level), 1);
  const notYet: Effect = { kind: 'notYet', before, after };
  if (!release || lastMonth(after) >= monthOf(ctx.clock.now())) return notYet;
  const question = measuredQuestions(published, settings.satisfiedFrom).find(
    ({ key }) => key === measure.question,
  );
  if (!question || !isReleased(tables, ['department'], level)) return notYet;
  const rows = (period: string) => rowsOf(measure, level, period, release.number);
  return (
    compare(question, action.department, { before, after }, await rows(before), await rows(after)) ?? notYet
  );
}

async function rowsOf(
  { survey, question }: NonNullable<Action['measure']>,
  period: PeriodLevel,
  name: string,
  release: number,
): Promise<AggregateRow[]> {
  const range = { from: `${name.slice(0, 4)}-01`, to: `${name.slice(0, 4)}-12` };
  const by = 'department,period';
  const table = await readAggregates({ survey, question, by, period, release: String(release), ...range });
  return table.rows.filter((row) => row.period === name && row.status !== 'suppressed');
}

/** @returns undefined where the department is hidden in one of the periods */
function compare(
  question: MeasuredQuestion,
  department: string,
  periods: { before: string; after: string },
  before: AggregateRow[],
  after: AggregateRow[],
): Effect | undefined {
  return question.satisfied
    ? inBoth(department, periods, before, after, {
        of: 'share',
        read: (row) => shareSatisfied(question, row),
        together: shareTogether,
        difference: differenceOfShares,
        figure: ({ successes, n }) => successes / n,
      })
    : inBoth(department, periods, before, after, {
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
  periods: { before: string; after: string },
  before: AggregateRow[],
  after: AggregateRow[],
  { of, read, together, difference, figure }: Kind<Figure>,
): Effect | undefined {
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
    kind: 'known',
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
