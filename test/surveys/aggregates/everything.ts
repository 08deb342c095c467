import type { AggregateRow } from '../../../schemas/generated/aggregate-row.ts';
import {
  type Dimension,
  type KeyDimension,
  type ReleaseTable,
  readAggregates,
} from '../../../surveys/aggregates/index.ts';
import type { PublishedRow } from './attacker.ts';

export interface Wanted {
  survey: string;
  question: string;
  tables: ReleaseTable[];
  release?: number;
  year: string;
}

/**
 * Everything that a release returns about a question, by the one way out, as an attacker would write it down.
 * @param figures what of a row that is shown the attacker looks at
 */
export async function everythingPublished(
  { survey, question, tables, release, year }: Wanted,
  figures: (row: AggregateRow) => PublishedRow['figures'] = answersIn,
): Promise<PublishedRow[]> {
  const rows: PublishedRow[] = [];
  for (const { by, period } of requests(tables)) {
    const table = await readAggregates({
      survey,
      question,
      by: [...by, 'period'].join(','),
      period,
      from: `${year}-01`,
      to: `${year}-12`,
      ...(release !== undefined && { release: String(release) }),
    });
    for (const row of table.rows) {
      const shown = row.status === 'suppressed' ? undefined : figures(row);
      rows.push({ ...placeOf(row, by), ...(shown && { figures: shown }) });
    }
  }
  return rows;
}

/** Every table with its totals: all subsets of the dimensions of each declared one, at each level it has. */
function requests(tables: ReleaseTable[]): { by: KeyDimension[]; period: 'year' | 'quarter' | 'month' }[] {
  const found = new Map<string, { by: KeyDimension[]; period: 'year' | 'quarter' | 'month' }>();
  for (const table of tables) {
    const keys = table.by.filter((dimension): dimension is KeyDimension => dimension !== 'period');
    const levels = table.by.includes('period')
      ? (['year', 'quarter', 'month'] as const)
      : (['year'] as const);
    for (const by of subsets(keys)) for (const period of levels) found.set(`${by} ${period}`, { by, period });
  }
  return [...found.values()];
}

function subsets<T extends Dimension>(items: T[]): T[][] {
  return items.reduce<T[][]>((all, item) => all.concat(all.map((some) => some.concat(item))), [[]]);
}

function placeOf(row: AggregateRow, by: KeyDimension[]): PublishedRow {
  return {
    keys: Object.fromEntries(by.map((dimension) => [dimension, row[dimension] ?? ''])),
    months: monthsOf(row.period!),
  };
}

function answersIn({ responses, distribution, mean }: AggregateRow): PublishedRow['figures'] {
  return { responses: responses!, distribution: distribution!, ...(mean !== undefined && { mean }) };
}

/** The months of `2026`, `2026-Q2` or `2026-05`. */
export function monthsOf(period: string): string[] {
  const [year, part] = period.split('-');
  const all = Array.from({ length: 12 }, (_, index) => index + 1);
  const months = !part
    ? all
    : part.startsWith('Q')
      ? all.filter((month) => Math.ceil(month / 3) === Number(part[1]))
      : [Number(part)];
  return months.map((month) => `${year}-${String(month).padStart(2, '0')}`);
}
