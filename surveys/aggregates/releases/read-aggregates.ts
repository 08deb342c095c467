import type { AggregateRow } from '../../../schemas/generated/aggregate-row.ts';
import type { AggregatesQuery } from '../../../schemas/generated/aggregates-query.ts';
import { type PublishedSurvey, publishedSurvey } from '../../definitions/index.ts';
import { problem } from '../../problems.ts';
import { type MeasuredQuestion, measuredQuestions } from '../measured-questions.ts';
import { monthRange, previousPeriod } from '../periods.ts';
import { type Dimension, isReleased, type KeyDimension } from '../tables.ts';
import { changesOf, type Pair, pairs } from './changes.ts';
import { findRows, onePeriod, type Wanted } from './find-rows.ts';
import { furtherMeasures } from './further-measures.ts';
import { modesDiffer, modeWarnings, type Warning } from './mode-warnings.ts';
import { findRelease, type Release, type ReleaseRow } from './models.ts';
import { only, parseRequest, type Request, refuseUnreleased, spanned } from './request.ts';

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
  /** What to know before the figures are held beside each other or the period before. */
  warnings: Warning[];
}

/** What a table is read from. Who reads several finds it once, so that all of them are of one release. */
export interface Source {
  published: PublishedSurvey;
  release: Release;
}

/**
 * Reads a table from a release, by default the newest. A dimension that is filtered counts as one of the table's.
 * Without `by=period` all rows are of one period: the one that `from` and `to` span, or the newest released one. With
 * `compare=previous` each row says what changed since the period of equal length before, in the same release.
 * @param source the survey and release that the query names; absent: they are looked up
 * @throws Problem `notFound` (survey or release), `invalidQuery` (unknown question, a range that ends before it
 *   starts), or `notReleased` with the tables there are
 */
export async function readAggregates(query: AggregatesQuery, source?: Source): Promise<Aggregates> {
  const request = parseRequest(query);
  const { published, release } = source ?? (await findSource(query));
  const questions = questionsOf(query, published, release);
  refuseUnreleased(release, request);
  const tables: Tables = { rows: [], totals: [], warnings: request.by.includes('mode') ? [modesDiffer] : [] };
  for (const question of questions) {
    await addQuestion(tables, release, request, question, query.compare !== undefined);
  }
  return {
    survey: query.survey,
    by: request.by,
    filters: { ...request.filters, ...only(query, ['from', 'to']) },
    release: release.number,
    floor: release.floor,
    rows: tables.rows,
    total: tables.totals[0] ?? null,
    totals: tables.totals,
    warnings: distinct(tables.warnings),
  };
}

async function findSource(query: AggregatesQuery): Promise<Source> {
  const published = await publishedSurvey(query.survey);
  if (!published) throw problem('notFound', { detail: 'There is no such survey.' });
  return { published, release: await findRelease(query) };
}

type Tables = Pick<Aggregates, 'rows' | 'totals' | 'warnings'>;

async function addQuestion(
  tables: Tables,
  release: Release,
  request: Request,
  question: MeasuredQuestion,
  compare: boolean,
): Promise<void> {
  const { key } = question;
  const { level, filters, tableKeys, filterKeys } = request;
  const span = request.byPeriod ? request : await onePeriod(release, request, key);
  if (!span) return;
  const add = async (wanted: Omit<Wanted, 'question' | 'filters'>, by: Dimension[], to: AggregateRow[]) => {
    const rows = await withBefore(release, { ...wanted, question: key, filters }, compare);
    const changes = compare ? changesOf(question, rows) : [];
    for (const [index, { row }] of rows.entries()) {
      const change = changes[index];
      to.push({ ...present(row, by), ...furtherMeasures(question, row.figures), ...(change && { change }) });
    }
    return rows;
  };
  const rows = await add({ keys: tableKeys, level, span }, request.by, tables.rows);
  if (compare) tables.warnings.push(...(await modeWarnings(release, request, key, rows)));
  const period = spanned(level, span);
  if (period === undefined || !isReleased(release.tables, filterKeys, period.level)) return;
  await add({ keys: filterKeys, level: period.level, span: period }, [], tables.totals);
}

/** The rows, each with the one of the period before when they are to be compared. */
async function withBefore(release: Release, wanted: Wanted, compare: boolean): Promise<Pair[]> {
  const rows = await findRows(release, wanted);
  if (!compare || rows.length === 0) return rows.map((row) => ({ row, before: undefined }));
  const periods = rows.map(({ period }) => previousPeriod(period)).sort();
  const span = { from: monthRange(periods[0]!).from, to: monthRange(periods.at(-1)!).to };
  return pairs(rows, await findRows(release, { ...wanted, span }));
}

function questionsOf(
  { question }: AggregatesQuery,
  published: PublishedSurvey,
  { satisfiedFrom }: Release,
): MeasuredQuestion[] {
  const known = new Map(measuredQuestions(published, satisfiedFrom).map((one) => [one.key, one]));
  const wanted = new Set(question?.split(',') ?? [known.has('overall') ? 'overall' : [...known.keys()][0]!]);
  const faults = [...wanted]
    .filter((key) => !known.has(key))
    .map((key) => ({ pointer: '/question', code: 'unknownQuestion', detail: `${key} has no figures` }));
  if (faults.length > 0) throw problem('invalidQuery', { faults });
  return [...wanted].map((key) => known.get(key)!);
}

function present({ question, period, keys, figures }: ReleaseRow, by: Dimension[]): AggregateRow {
  const named = by.map((dimension) => [dimension, dimension === 'period' ? period : keys[dimension] || null]);
  return { ...Object.fromEntries(named), question, ...figures };
}

/** One mention of what is said of several questions. */
function distinct(warnings: Warning[]): Warning[] {
  return [...new Map(warnings.map((warning) => [`${warning.code} ${warning.detail}`, warning])).values()];
}
