import type { AggregateRow } from '../../../schemas/generated/aggregate-row.ts';
import type { AggregatesQuery } from '../../../schemas/generated/aggregates-query.ts';
import { type PublishedSurvey, publishedSurvey } from '../../definitions/index.ts';
import { problem } from '../../problems.ts';
import { measuredQuestions } from '../measured-questions.ts';
import { monthRange, type PeriodLevel, periodLevels, periodOf } from '../periods.ts';
import {
  type Dimension,
  dimensions,
  isReleased,
  type KeyDimension,
  keyDimensions,
  tableName,
} from '../tables.ts';
import { newestRelease, type Release, ReleaseModel, type ReleaseRow, ReleaseRowModel } from './models.ts';

/** A released table. */
export interface Aggregates {
  survey: string;
  by: Dimension[];
  filters: Partial<Record<KeyDimension | 'from' | 'to', string>>;
  /** Number of the release. */
  release: number;
  floor: number;
  rows: AggregateRow[];
  /** The row that the others are parts of, for the first question; null where the range is not one released period. */
  total: AggregateRow | null;
  /** The same for each question. */
  totals: AggregateRow[];
}

/**
 * Reads a table from a release, by default the newest. A dimension that is filtered counts as one of the table's.
 * Without `by=period` all rows are of one period: the one that `from` and `to` span, or the newest released one.
 * @throws Problem `notFound` (survey or release), `invalidQuery` (unknown question), or `notReleased` with the tables
 *   there are
 */
export async function readAggregates(query: AggregatesQuery): Promise<Aggregates> {
  const published = await publishedSurvey(query.survey);
  if (!published) throw problem('notFound', { detail: 'There is no such survey.' });
  const release = await findRelease(query);
  const questions = questionsOf(query, published);
  const request = parseRequest(query);
  refuseUnreleased(release, request);
  const rows: AggregateRow[] = [];
  const totals: AggregateRow[] = [];
  for (const question of questions) {
    const span = request.byPeriod ? request : await onePeriod(release, request, question);
    if (!span) continue;
    const found = await findRows(release, question, request.tableKeys, request, span);
    rows.push(...found.map((row) => present(row, request.by)));
    const period = spanned(request.level, span);
    if (period === undefined || !isReleased(release.tables, request.filterKeys, period.level)) continue;
    const sum = await findRows(
      release,
      question,
      request.filterKeys,
      { ...request, level: period.level },
      period,
    );
    totals.push(...sum.map((row) => present(row, [])));
  }
  const filters = { ...request.filters, ...only(query, ['from', 'to']) };
  return {
    survey: query.survey,
    by: request.by,
    filters,
    release: release.number,
    floor: release.floor,
    rows,
    total: totals[0] ?? null,
    totals,
  };
}

interface Request {
  by: Dimension[];
  byPeriod: boolean;
  level: PeriodLevel;
  /** First and last month. */
  from: string | undefined;
  to: string | undefined;
  filters: Partial<Record<KeyDimension, string>>;
  filterKeys: KeyDimension[];
  /** Dimensions of the table that is read. */
  tableKeys: KeyDimension[];
}

function parseRequest(query: AggregatesQuery): Request {
  const named = new Set(query.by?.split(',') ?? []);
  const by = dimensions.filter((dimension) => named.has(dimension));
  const filters = only(query, keyDimensions);
  const filterKeys = keyDimensions.filter((dimension) => filters[dimension] !== undefined);
  const tableKeys = keyDimensions.filter((key) => by.includes(key) || filterKeys.includes(key));
  const byPeriod = by.includes('period');
  return {
    by,
    byPeriod,
    level: query.period ?? (byPeriod ? 'month' : levelSpanned(query)),
    from: query.from,
    to: query.to,
    filters,
    filterKeys,
    tableKeys,
  };
}

/** The level of the one period from month to month; a year when no range is given, or none fits. */
function levelSpanned({ from, to }: AggregatesQuery): PeriodLevel {
  if (from === undefined || to === undefined) return 'year';
  return periodLevels.find((level) => isPeriod(level, from, to)) ?? 'year';
}

function isPeriod(level: PeriodLevel, from: string, to: string): boolean {
  const range = monthRange(periodOf(from, level));
  return range.from === from && range.to === to;
}

async function findRelease({ survey, release }: AggregatesQuery): Promise<Release> {
  const found =
    release === undefined
      ? await newestRelease(survey)
      : await ReleaseModel.findOne({ survey, number: Number(release) }).lean();
  if (!found) throw problem('notFound', { detail: 'There is no such release yet.' });
  return found;
}

function questionsOf({ question }: AggregatesQuery, published: PublishedSurvey): string[] {
  const known = measuredQuestions(published).map(({ key }) => key);
  const wanted = question?.split(',') ?? [known.includes('overall') ? 'overall' : known[0]!];
  const faults = wanted
    .filter((key) => !known.includes(key))
    .map((key) => ({ pointer: '/question', code: 'unknownQuestion', detail: `${key} has no figures` }));
  if (faults.length > 0) throw problem('invalidQuery', { faults });
  return [...new Set(wanted)];
}

function refuseUnreleased({ tables }: Release, { tableKeys, level, byPeriod, from, to }: Request): void {
  const released = isReleased(tables, tableKeys, level);
  const fits = byPeriod || from === undefined || to === undefined || isPeriod(level, from, to);
  if (released && fits) return;
  const detail = released
    ? 'Without by=period, from and to must span exactly one released period.'
    : `There is no table by ${[...tableKeys, ...(level === 'year' ? [] : [`period (${level})`])].join(', ') || 'nothing'}.`;
  throw problem('notReleased', {
    detail,
    extra: {
      tables: tables.map(({ by }) => ({ by, periods: by.includes('period') ? periodLevels : ['year'] })),
    },
  });
}

interface Span {
  from: string | undefined;
  to: string | undefined;
}

/** The period that rows without `by=period` are of: the one asked for, or the newest one released. */
async function onePeriod(release: Release, request: Request, question: string): Promise<Span | undefined> {
  const month = request.from ?? request.to;
  if (month !== undefined) return monthRange(periodOf(month, request.level));
  const [newest] = await ReleaseRowModel.find({
    survey: release.survey,
    question,
    table: '',
    level: 'year',
    from: { $lte: release.number },
    to: { $gte: release.number },
  })
    .sort({ period: -1 })
    .limit(1)
    .lean();
  if (!newest) return undefined;
  if (request.level === 'year') return monthRange(newest.period);
  const shown = await findRows(release, question, [], request, monthRange(newest.period));
  const last = shown.filter(({ figures }) => figures.status !== 'suppressed').at(-1) ?? shown.at(-1);
  return last && monthRange(last.period);
}

/** The one period a range is, as rows of the total have it; the year is taken where nothing finer fits. */
function spanned(level: PeriodLevel, { from, to }: Span): (Span & { level: PeriodLevel }) | undefined {
  if (from === undefined || to === undefined) return undefined;
  const found = [level, ...periodLevels].find((candidate) => isPeriod(candidate, from, to));
  return found && { from, to, level: found };
}

async function findRows(
  { survey, number }: Release,
  question: string,
  keys: KeyDimension[],
  { level, filters }: Pick<Request, 'level' | 'filters'>,
  { from, to }: Span,
): Promise<ReleaseRow[]> {
  const rows = await ReleaseRowModel.find({
    survey,
    question,
    table: tableName(keys),
    level,
    period: { $gte: periodOf(from ?? '0000-01', level), $lte: periodOf(to ?? '9999-12', level) },
    from: { $lte: number },
    to: { $gte: number },
    ...Object.fromEntries(Object.entries(filters).map(([key, value]) => [`keys.${key}`, value])),
  }).lean();
  return rows.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

function sortKey({ period, keys }: ReleaseRow): string {
  return [period, ...dimensions.map((dimension) => (dimension === 'period' ? '' : keys[dimension]))].join(
    '|',
  );
}

function present({ question, period, keys, figures }: ReleaseRow, by: Dimension[]): AggregateRow {
  const named = by.map((dimension) => [dimension, dimension === 'period' ? period : keys[dimension] || null]);
  return { ...Object.fromEntries(named), question, ...figures };
}

function only<K extends keyof AggregatesQuery>(
  query: AggregatesQuery,
  keys: K[],
): Partial<Record<K, string>> {
  const entries = keys.flatMap((key) => (query[key] === undefined ? [] : [[key, query[key]]]));
  return Object.fromEntries(entries) as Partial<Record<K, string>>;
}
