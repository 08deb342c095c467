import { newestRelease, type Release, readAggregates } from '../../../surveys/aggregates/index.ts';
import { readAggregatesWithin } from '../../auth/aggregates-within.ts';
import type { Departments } from '../../auth/principal.ts';
import type { PageContext } from '../page-context.ts';
import { type ChartRow, drawChart } from './chart.ts';
import { type Figure, type FigureTable, type Named, percent } from './figures.ts';
import { ifReleased } from './if-released.ts';
import type { ShownFigures } from './overview-page.tsx';
import type { Shown } from './question-picker.tsx';
import type { ReleasedFigures } from './release-facts.tsx';

/** The names that the figures are shown under, in the order in which they are shown. */
export interface Names {
  departments: Named[];
  channels: Named[];
  /** The departments that may be shown. */
  within: Departments;
  /** The calendar year to show; absent: the newest. */
  year?: string | undefined;
}

/**
 * Departments by channels from the newest release of a survey, with a chart of the departments.
 * @returns undefined before the first release, and where the survey releases no such table
 */
export async function shownFigures(
  shown: Shown,
  names: Names,
  page: PageContext,
): Promise<ShownFigures | undefined> {
  const release = await newestRelease(shown.survey.key);
  const figures = release && (await releasedFigures(shown, names, release));
  if (!figures) return undefined;
  return { ...figures, chart: await chartOf(figures.table, figures.release.target, page) };
}

/**
 * The same from one release and without a chart, which takes longer to draw than the figures to read.
 * @returns undefined where the survey releases no such table
 */
export async function releasedFigures(
  { survey, question }: Shown,
  { departments, channels, within, year }: Names,
  release: Release,
): Promise<ReleasedFigures | undefined> {
  const source = { published: survey, release };
  const about = { survey: survey.key, question: question.key };
  const range = year === undefined ? {} : { from: `${year}-01`, to: `${year}-12` };
  const read = (by: string) => ifReleased(readAggregatesWithin(within, { ...about, by, ...range }, source));
  const totals = within === 'all' ? ['channel'] : [];
  const tables = await Promise.all(['department,channel', 'department', ...totals].map((by) => read(by)));
  // Of this only the year is shown to who is limited to departments.
  const years = await ifReleased(readAggregates({ ...about, by: 'period', period: 'year' }, source));
  const newest = years?.rows.findLast(({ period }) => year === undefined || period === year);
  const [cells] = tables;
  if (!cells || !newest?.period) return undefined;

  const figures = new Map<string, Figure>(within === 'all' ? [[placeOf(), newest]] : []);
  for (const row of tables.flatMap((table) => table?.rows ?? [])) {
    figures.set(placeOf(row.department, row.channel), row);
  }
  const table: FigureTable = {
    departments: departments.filter(({ key }) => figures.has(placeOf(key))),
    channels: channels.filter(({ key }) => hasColumn(figures, key)),
    totals: within === 'all',
    figure: (department, channel) => figures.get(placeOf(department, channel)),
  };
  return { release, period: newest.period, table };
}

function hasColumn(figures: ReadonlyMap<string, Figure>, channel: string): boolean {
  return [...figures.keys()].some((place) => place.endsWith(`|${channel}`));
}

function placeOf(department?: string | null, channel?: string | null): string {
  return `${department ?? ''}|${channel ?? ''}`;
}

async function chartOf(
  table: FigureTable,
  target: number,
  { locale, t }: PageContext,
): Promise<ShownFigures['chart']> {
  const left: string[] = [];
  const rows = table.departments.flatMap(({ key, name }): ChartRow[] => {
    const figure = table.figure(key, undefined);
    if (figure?.satisfied !== undefined && figure.satisfiedInterval) {
      return [{ name, share: figure.satisfied, interval: figure.satisfiedInterval }];
    }
    left.push(name);
    return [];
  });
  if (rows.length === 0) return undefined;
  const share = percent(target, locale);
  const svg = await drawChart(rows, target, locale, {
    title: t('overview.chartTitle'),
    description: t('overview.chartText', { share }),
    goal: `${t('overview.target')} ${share}`,
  });
  return { svg, left };
}
