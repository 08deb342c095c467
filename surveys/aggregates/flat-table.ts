import type { AggregateRow } from '../../schemas/generated/aggregate-row.ts';
import type { Aggregates } from './releases/read-aggregates.ts';

export type CellValue = string | number | null;

/** What a column holds. A share is from 0 to 1. */
export type ColumnKind = 'text' | 'integer' | 'decimal' | 'share';

export interface Column {
  /** As in the JSON, or for parts of a list `satisfiedLow`, `answers 1-5`. */
  name: string;
  kind: ColumnKind;
  /** The band of a distribution's column. */
  band?: string;
}

/** A released table as rows and columns, for file formats that know nothing else. */
export interface FlatTable {
  columns: Column[];
  /** In the order of the columns; null where there is no figure, or the contacts name no key. */
  rows: CellValue[][];
}

interface Source extends Column {
  of(row: AggregateRow): CellValue | undefined;
}

const text = (name: string, of: Source['of']): Source => ({ name, kind: 'text', of });
const integer = (name: string, of: Source['of']): Source => ({ name, kind: 'integer', of });
const decimal = (name: string, of: Source['of']): Source => ({ name, kind: 'decimal', of });
const share = (name: string, of: Source['of']): Source => ({ name, kind: 'share', of });

const figures: Source[] = [
  text('status', ({ status }) => status),
  integer('responses', ({ responses }) => responses),
  decimal('mean', ({ mean }) => mean),
  share('satisfied', ({ satisfied }) => satisfied),
  share('satisfiedLow', ({ satisfiedInterval }) => satisfiedInterval?.[0]),
  share('satisfiedHigh', ({ satisfiedInterval }) => satisfiedInterval?.[1]),
  share('dissatisfied', ({ dissatisfied }) => dissatisfied),
  text('verdict', ({ verdict }) => verdict),
  integer('invited', ({ invited }) => invited),
  share('responseRate', ({ responseRate }) => responseRate),
  decimal('meanLow', ({ meanInterval }) => meanInterval?.[0]),
  decimal('meanHigh', ({ meanInterval }) => meanInterval?.[1]),
  text('median', ({ median }) => median),
  share('target', ({ target }) => target),
  integer('answered', ({ answered }) => answered),
  share('responseRate1', ({ responseRate1 }) => responseRate1),
  integer('contacts', ({ contacts }) => contacts),
  integer('delivered', ({ delivered }) => delivered),
];

const changes: Source[] = [
  text('changeSince', ({ change }) => change?.since),
  share('satisfiedBefore', ({ change }) => change?.satisfied?.before),
  share('satisfiedDifference', ({ change }) => change?.satisfied?.difference),
  share('satisfiedDifferenceLow', ({ change }) => change?.satisfied?.interval?.[0]),
  share('satisfiedDifferenceHigh', ({ change }) => change?.satisfied?.interval?.[1]),
  text('satisfiedChange', ({ change }) => change?.satisfied?.verdict),
  decimal('meanBefore', ({ change }) => change?.mean.before),
  decimal('meanDifference', ({ change }) => change?.mean.difference),
  decimal('meanDifferenceLow', ({ change }) => change?.mean.interval?.[0]),
  decimal('meanDifferenceHigh', ({ change }) => change?.mean.interval?.[1]),
  text('meanChange', ({ change }) => change?.mean.verdict),
];

/**
 * A released table flattened: the rows, then the totals, told apart by the column `part`; a column per band of the
 * distribution, and those of changes only where the period before was asked for.
 */
export function flatTable({ by, rows, totals }: Pick<Aggregates, 'by' | 'rows' | 'totals'>): FlatTable {
  const all = [...rows, ...totals];
  const bands = bandsOf(all);
  const sources: Source[] = [
    text('question', ({ question }) => question),
    ...by.map((dimension) => text(dimension, (row) => row[dimension])),
    ...figures,
    ...(all.some(({ change }) => change) ? changes : []),
    ...bands.map((band) => ({
      ...integer(`answers ${band}`, ({ distribution }) => distribution?.[band]),
      band,
    })),
  ];
  const cells = (part: string) => (row: AggregateRow) => [...sources.map(({ of }) => of(row) ?? null), part];
  return {
    columns: [...sources.map(({ of: _of, ...column }) => column), { name: 'part', kind: 'text' }],
    rows: [...rows.map(cells('row')), ...totals.map(cells('total'))],
  };
}

/** From low to high where they are numbers: objects keep `6` before `1-5`. */
function bandsOf(rows: AggregateRow[]): string[] {
  const bands = [...new Set(rows.flatMap(({ distribution }) => Object.keys(distribution ?? {})))];
  const start = (band: string) => Number.parseInt(band, 10) || 0;
  return bands.sort((a, b) => start(a) - start(b));
}
