import { stringify } from 'csv-stringify/sync';
import { flatTable } from '../flat-table.ts';
import type { Aggregates } from './read-aggregates.ts';

/** `plain`: RFC 4180. `excel-nl`: opens right with a double click where the locale is Dutch. */
export type CsvFlavour = 'plain' | 'excel-nl';

/**
 * A table as CSV, with the totals as last lines; one column per band of the distribution. Numbers have a point, or
 * in the flavour for Excel a comma, with semicolons between the fields and a byte-order mark. A text that a
 * spreadsheet would run as a formula gets an apostrophe in front.
 */
export function toCsv(table: Pick<Aggregates, 'by' | 'rows' | 'totals'>, flavour: CsvFlavour): string {
  const { columns, rows } = flatTable(table);
  const excel = flavour === 'excel-nl';
  return stringify(rows, {
    header: true,
    columns: columns.map(({ name }) => name),
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
  });
}
