import type { AggregatesQuery } from '../../../schemas/generated/aggregates-query.ts';
import { problem } from '../../problems.ts';
import { monthRange, type PeriodLevel, periodLevels, periodOf } from '../periods.ts';
import { type Dimension, dimensions, isReleased, type KeyDimension, keyDimensions } from '../tables.ts';
import type { Release } from './models.ts';

/** A query of GET /v1/aggregates, understood. */
export interface Request {
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

/** A range of months; an end that is missing is open. */
export interface Span {
  from: string | undefined;
  to: string | undefined;
}

/** @throws Problem `invalidQuery` for a range that ends before it starts */
export function parseRequest(query: AggregatesQuery): Request {
  refuseReversed(query);
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

function refuseReversed({ from, to }: AggregatesQuery): void {
  if (from === undefined || to === undefined || from <= to) return;
  const detail = `the range ends (${to}) before it starts (${from})`;
  throw problem('invalidQuery', { faults: [{ pointer: '/to', code: 'endsBeforeStart', detail }] });
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

/** @throws Problem `notReleased` with the tables there are */
export function refuseUnreleased(
  { tables }: Release,
  { tableKeys, level, byPeriod, from, to }: Request,
): void {
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

/** The one period a range is, as rows of the total have it; the year is taken where nothing finer fits. */
export function spanned(level: PeriodLevel, { from, to }: Span): (Span & { level: PeriodLevel }) | undefined {
  if (from === undefined || to === undefined) return undefined;
  const found = [level, ...periodLevels].find((candidate) => isPeriod(candidate, from, to));
  return found && { from, to, level: found };
}

/** The parts of a query that are given. */
export function only<K extends keyof AggregatesQuery>(
  query: AggregatesQuery,
  keys: K[],
): Partial<Record<K, string>> {
  const entries = keys.flatMap((key) => (query[key] === undefined ? [] : [[key, query[key]]]));
  return Object.fromEntries(entries) as Partial<Record<K, string>>;
}
