import { type Aggregates, type Release, readAggregates } from '../../../surveys/aggregates/index.ts';
import { type MeasuredQuestion, measuredQuestions } from '../../../surveys/aggregates/measured-questions.ts';
import { wilsonInterval } from '../../../surveys/aggregates/measures.ts';
import { readAggregatesWithin } from '../../auth/aggregates-within.ts';
import type { Departments } from '../../auth/principal.ts';
import type { Named } from '../overview/figures.ts';
import { ifReleased } from '../overview/if-released.ts';
import type { Shown } from '../overview/question-picker.tsx';
import type { ReleasedFigures } from '../overview/release-facts.tsx';
import { releasedFigures } from '../overview/shown-figures.ts';
import type { Filters } from './choices.ts';
import { dashboardDrivers, type ShownDrivers } from './dashboard-drivers.ts';

type Row = Aggregates['rows'][number];

/** The answers of one band of the scale, as a share of all with its Wilson interval. */
export interface Part {
  band: string;
  count: number;
  share: number;
  interval: [number, number];
}

export interface DashboardFigures {
  table: ReleasedFigures;
  /** All channels and, without a department, all departments together; undefined where that may not be told. */
  total: Row | undefined;
  /** Periods in their order. */
  trend: Row[];
  /** Empty where the total is hidden. */
  distribution: Part[];
  /** Undefined where too little is released to say. */
  drivers: ShownDrivers | undefined;
}

/** The years that a survey has figures of in a release, the newest first. */
export async function releasedYears({ survey, question }: Shown, release: Release): Promise<string[]> {
  const query = { survey: survey.key, question: question.key, by: 'period', period: 'year' } as const;
  const years = await ifReleased(readAggregates(query, { published: survey, release }));
  return (years?.rows ?? []).flatMap(({ period }) => period ?? []).reverse();
}

/** The query of each table of a dashboard, as `GET /v1/aggregates` takes it: the page and its downloads are one. */
export function queriesOf({ shown, department, year, period }: Filters) {
  const range = { from: `${year}-01`, to: `${year}-12` };
  const one = {
    survey: shown.survey.key,
    question: shown.question.key,
    ...(department && { department: department.key }),
  };
  // Quarters of two years show a season beside the one before; months of two years would not be legible.
  const since = period === 'quarter' ? `${Number(year) - 1}-01` : range.from;
  return {
    table: { survey: one.survey, question: one.question, by: 'department,channel', ...range },
    trend: { ...one, by: 'period', period, from: since, to: range.to, compare: 'previous' as const },
    total: { ...one, ...range },
  };
}

/**
 * Everything a dashboard shows, from one release.
 * @returns undefined where the survey releases no departments by channels
 */
export async function dashboardFigures(
  filters: Filters,
  names: { departments: Named[]; channels: Named[]; within: Departments },
  release: Release,
): Promise<DashboardFigures | undefined> {
  const { shown, department, year } = filters;
  const queries = queriesOf(filters);
  const scope = department
    ? { departments: [department], channels: names.channels, within: [department.key], year }
    : { ...names, year };
  const source = { published: shown.survey, release };
  const [table, total, trend, drivers] = await Promise.all([
    releasedFigures(shown, scope, release),
    ifReleased(readAggregatesWithin(names.within, queries.total, source)),
    ifReleased(readAggregatesWithin(names.within, queries.trend, source)),
    dashboardDrivers(filters, names.within, release),
  ]);
  if (!table) return undefined;
  const whole = total?.rows[0];
  const measured = measuredQuestions(shown.survey, release.satisfiedFrom).find(
    ({ key }) => key === shown.question.key,
  );
  return {
    table,
    total: whole,
    trend: trend?.rows ?? [],
    distribution: measured && whole ? partsOf(measured, whole) : [],
    drivers,
  };
}

function partsOf({ bands }: MeasuredQuestion, { distribution, responses }: Row): Part[] {
  if (!distribution || !responses) return [];
  return bands.map(({ key }) => {
    const count = distribution[key] ?? 0;
    return { band: key, count, share: count / responses, interval: wilsonInterval(count, responses) };
  });
}
