import type { ReportAction, ReportGap, ReportPromise } from '../../schemas/generated/report-data.ts';
import { toldActions } from '../../surveys/actions/index.ts';
import { readAggregates } from '../../surveys/aggregates/index.ts';
import { monthRange } from '../../surveys/aggregates/periods.ts';
import { callbacksKept } from '../../surveys/callbacks/index.ts';
import type { Context } from '../../surveys/context.ts';
import { listRounds, perceptionGap } from '../../surveys/golden-ear/index.ts';
import type { NameOf } from './names.ts';
import { type ReportFigures, reportSurvey } from './read-figures.ts';

/** The promises to call back that were due in the period; of quarters that are over. */
export async function readPromises(
  ctx: Pick<Context, 'clock'>,
  period: string,
  nameOf: NameOf,
): Promise<ReportPromise[]> {
  return (await callbacksKept(ctx))
    .filter(({ quarter }) => quarter.startsWith(period))
    .map(({ department, quarter, kept }) => ({ department: nameOf(department), quarter, ...kept }));
}

/** What staff think beside what residents say, for the rounds of the period; residents from the report's release. */
export async function readGaps(
  { release, period }: Pick<ReportFigures, 'release' | 'period'>,
  nameOf: NameOf,
): Promise<ReportGap[]> {
  const { from, to } = monthRange(period);
  const rounds = (await listRounds('all')).filter(({ month }) => month >= from && month <= to);
  if (rounds.length === 0) return [];
  const heard = await readAggregates({
    survey: reportSurvey,
    release: String(release.number),
    question: 'listening',
    by: 'department',
    ...monthRange(period.slice(0, 4)),
  });
  return rounds
    .filter(({ result }) => result)
    .sort((a, b) => (`${a.month}|${a.department}` < `${b.month}|${b.department}` ? -1 : 1))
    .map(({ department, result }): ReportGap => {
      const residents = heard.rows.find((row) => row.department === department);
      const gap = perceptionGap(result?.figures.estimate, residents);
      return {
        department: nameOf(department),
        verdict: gap.verdict,
        ...(gap.staff && { staff: Math.round(gap.staff.value) }),
        ...(gap.residents && { residents: Math.round(gap.residents.value) }),
      };
    });
}

/** What was told to residents in the period, the oldest first. */
export async function readActions(period: string, nameOf: NameOf): Promise<ReportAction[]> {
  const { from, to } = monthRange(period);
  return (await toldActions())
    .filter(({ told: { on } }) => on.slice(0, 7) >= from && on.slice(0, 7) <= to)
    .reverse()
    .map(({ department, told: { said, did } }) => ({ department: nameOf(department), said, did }));
}
