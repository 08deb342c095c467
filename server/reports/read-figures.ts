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

/** Which report, of what. */
export interface ReportChoice {
  kind: ReportKind;
  /** `2026` or `2026-Q3`; absent: the newest of the release. */
  period?: string | undefined;
  /** Number of a release of the customer journey; absent: the newest. */
  release?: number | undefined;
}

/** What a report takes from one release. Products and channels are released per calendar year only. */
export interface ReportFigures {
  release: Release;
  /** `2026` or `2026-Q3`. */
  period: string;
  all: AggregateRow[];
  departments: AggregateRow[];
  products: AggregateRow[];
  channels: AggregateRow[];
}

/**
 * Reads the figures of a report from a release, by default the newest: the same release gives the same figures.
 * @throws Problem `notFound` when there is no such release or it holds no such period
 */
export async function readFigures({ kind, period, release: number }: ReportChoice): Promise<ReportFigures> {
  const release = number === undefined ? await newestRelease(reportSurvey) : await findRelease(number);
  if (!release) throw problem('notFound', { detail: 'There is no such release yet.' });
  const periods = await periodsOf(release, kind);
  const chosen = period === undefined ? periods.at(-1) : periods.find((one) => one === period);
  if (chosen === undefined) {
    const detail = `Release ${release.number} has no figures of that period. It has: ${periods.join(', ') || 'none'}.`;
    throw problem('notFound', { detail });
  }
  const question = reportQuestions.join(',');
  const span = { question, period: levels[kind], ...monthRange(chosen) };
  const year = { question, ...monthRange(chosen.slice(0, 4)) };
  const [all, departments, products, channels] = await Promise.all([
    read(release, { ...span, by: 'period', compare: 'previous' }),
    read(release, { ...span, by: 'department,period' }),
    read(release, { ...year, by: 'product' }),
    read(release, { ...year, by: 'channel' }),
  ]);
  return { release, period: chosen, all, departments, products, channels };
}

/** The periods that a report can be made of, the oldest first. */
export async function reportPeriods(kind: ReportKind): Promise<string[]> {
  const release = await newestRelease(reportSurvey);
  return release ? periodsOf(release, kind) : [];
}

const levels: Record<ReportKind, PeriodLevel> = { quarterly: 'quarter', yearly: 'year' };

async function periodsOf(release: Release, kind: ReportKind): Promise<string[]> {
  const rows = await read(release, { by: 'period', period: levels[kind] });
  return rows.flatMap((row) => row.period ?? []);
}

async function read(
  { number }: Release,
  query: Partial<Parameters<typeof readAggregates>[0]>,
): Promise<AggregateRow[]> {
  const table = readAggregates({ survey: reportSurvey, release: String(number), ...query });
  return (await ifReleased(table))?.rows ?? [];
}

async function findRelease(number: number): Promise<Release | undefined> {
  return (await ReleaseModel.findOne({ survey: reportSurvey, number }).lean()) ?? undefined;
}
