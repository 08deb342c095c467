import type { AggregateRow } from '../../schemas/generated/aggregate-row.ts';
import { newestRelease, type Release, readAggregates } from '../../surveys/aggregates/index.ts';
import { monthRange, type PeriodLevel } from '../../surveys/aggregates/periods.ts';
import { ReleaseModel } from '../../surveys/aggregates/releases/models.ts';
import { problem } from '../../surveys/problems.ts';
import { ifReleased } from '../pages/overview/if-released.ts';

export const reportKinds = ['quarterly', 'yearly'] as const;
export type ReportKind = (typeof reportKinds)[number];

export const reportSurvey = 'customer-journey';
export const reportQuestions = [
  'overall',
  'ease',
  'listening',
  'treatment',
  'clarity',
  'leadTime',
  'result',
  'trust',
] as const;

/** What a report takes from one release. Products and channels are released per calendar year only. */
export interface ReportFigures {
  release: Release;
  /** `2026` or `2026-Q3`. */
  period: string;
  year: string;
  questions: AggregateRow[];
  departments: AggregateRow[];
  /** Most answers first. */
  products: AggregateRow[];
  channels: AggregateRow[];
}

/**
 * Reads the figures of a report from a release, by default the newest: the same release gives the same figures.
 * @param period a released year or quarter; absent: the newest of the release
 * @throws Problem `notFound` when there is no such release or it holds no such period
 */
export async function readFigures(
  kind: ReportKind,
  { period, release: number }: { period?: string | undefined; release?: number | undefined },
): Promise<ReportFigures> {
  const release = number === undefined ? await newestRelease(reportSurvey) : await findRelease(number);
  if (!release) throw problem('notFound', { detail: 'There is no such release yet.' });
  const level: PeriodLevel = kind === 'yearly' ? 'year' : 'quarter';
  const read = async (query: Partial<Parameters<typeof readAggregates>[0]>) =>
    (await ifReleased(readAggregates({ survey: reportSurvey, release: String(release.number), ...query })))
      ?.rows ?? [];
  const periods = (await read({ by: 'period', period: level })).flatMap((row) => row.period ?? []);
  const chosen = period === undefined ? periods.at(-1) : periods.find((one) => one === period);
  if (chosen === undefined) {
    const detail = `Release ${release.number} has no figures of that period. It has: ${periods.join(', ') || 'none'}.`;
    throw problem('notFound', { detail });
  }
  const year = chosen.slice(0, 4);
  const question = reportQuestions.join(',');
  const span = { period: level, ...monthRange(chosen) };
  const [questions, departments, products, channels] = await Promise.all([
    read({ question, by: 'period', ...span }),
    read({ by: 'department,period', ...span }),
    read({ question, by: 'product', ...monthRange(year) }),
    read({ question, by: 'channel', ...monthRange(year) }),
  ]);
  return {
    release,
    period: chosen,
    year,
    questions,
    departments,
    products: mostUsedFirst(products),
    channels,
  };
}

async function findRelease(number: number): Promise<Release | undefined> {
  return (await ReleaseModel.findOne({ survey: reportSurvey, number }).lean()) ?? undefined;
}

function mostUsedFirst(rows: AggregateRow[]): AggregateRow[] {
  return rows
    .filter(({ product }) => product)
    .sort((a, b) => (b.responses ?? 0) - (a.responses ?? 0) || (a.product! < b.product! ? -1 : 1));
}
