import { stringify } from 'csv-stringify/sync';
import type { AggregateRow } from '../../../schemas/generated/aggregate-row.ts';
import type { Aggregates } from './read-aggregates.ts';

/** `plain`: RFC 4180. `excel-nl`: opens right with a double click where the locale is Dutch. */
export type CsvFlavour = 'plain' | 'excel-nl';

const figures = [
  'status',
  'responses',
  'mean',
  'satisfied',
  'satisfiedLow',
  'satisfiedHigh',
  'dissatisfied',
  'verdict',
  'invited',
  'responseRate',
] as const;

/**
 * A table as CSV, with the totals as last lines; one column per band of the distribution. Numbers have a point, or
 * in the flavour for Excel a comma, with semicolons between the fields and a byte-order mark. A text that a
 * spreadsheet would run as a formula gets an apostrophe in front.
 */
export function toCsv(
  { by, rows, totals }: Pick<Aggregates, 'by' | 'rows' | 'totals'>,
  flavour: CsvFlavour,
): string {
  const all = [...rows, ...totals];
  const bands = [...new Set(all.flatMap(({ distribution }) => Object.keys(distribution ?? {})))];
  const excel = flavour === 'excel-nl';
  return stringify(
    all.map((row) => [
      row.question,
      ...by.map((dimension) => row[dimension] ?? ''),
      ...figures.map((figure) => figureOf(row, figure)),
      ...bands.map((band) => row.distribution?.[band]),
    ]),
    {
      header: true,
      columns: ['question', ...by, ...figures, ...bands.map((band) => `answers ${band}`)],
      delimiter: excel ? ';' : ',',
      bom: excel,
      record_delimiter: 'windows',
      escape_formulas: true,
      cast: {
        // A number that was written here is no formula, also when it is negative.
        number: (value) => ({
          value: excel ? String(value).replace('.', ',') : String(value),
          escape_formulas: false,
        }),
      },
    },
  );
}

function figureOf(row: AggregateRow, figure: (typeof figures)[number]): string | number | undefined {
  if (figure === 'satisfiedLow') return row.satisfiedInterval?.[0];
  if (figure === 'satisfiedHigh') return row.satisfiedInterval?.[1];
  return row[figure];
}
