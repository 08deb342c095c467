import type { AggregateRow } from '../../schemas/generated/aggregate-row.ts';
import { newestRelease, readAggregates } from '../aggregates/index.ts';
import { measuredQuestions } from '../aggregates/measured-questions.ts';
import { type PeriodLevel, periodOf } from '../aggregates/periods.ts';
import { isReleased } from '../aggregates/tables.ts';
import { monthOf } from '../calendar.ts';
import type { Context } from '../context.ts';
import { publishedSurvey } from '../definitions/index.ts';
import { surveySettings } from '../settings/index.ts';
import { compareAround, type KnownEffect } from './compare-around.ts';
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
  const known = compareAround(
    question,
    action.department,
    { before, after },
    { before: await rows(before), after: await rows(after) },
  );
  return known ? { kind: 'known', ...known } : notYet;
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
