import { monthRange, type PeriodLevel, periodOf } from '../periods.ts';
import { dimensions, type KeyDimension, tableName } from '../tables.ts';
import { type Release, type ReleaseRow, ReleaseRowModel } from './models.ts';
import type { Request, Span } from './request.ts';

/** Which rows of a release. */
export interface Wanted {
  question: string;
  keys: KeyDimension[];
  level: PeriodLevel;
  filters: Request['filters'];
  span: Span;
}

/** The rows of a table in a release, hidden ones too, in order of period and keys. */
export async function findRows(
  { survey, number }: Release,
  { question, keys, level, filters, span: { from, to } }: Wanted,
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
  return `${period}|${keysOf(keys)}`;
}

/** The keys of a row as one text. */
export function keysOf(keys: ReleaseRow['keys']): string {
  return dimensions.map((dimension) => (dimension === 'period' ? '' : keys[dimension])).join('|');
}

/** The period that rows without `by=period` are of: the one asked for, or the newest one released. */
export async function onePeriod(
  release: Release,
  { from, to, level }: Request,
  question: string,
): Promise<Span | undefined> {
  const month = from ?? to;
  if (month !== undefined) return monthRange(periodOf(month, level));
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
  const span = monthRange(newest.period);
  if (level === 'year') return span;
  const shown = await findRows(release, { question, keys: [], level, filters: {}, span });
  const last = shown.filter(({ figures }) => figures.status !== 'suppressed').at(-1) ?? shown.at(-1);
  return last && monthRange(last.period);
}
