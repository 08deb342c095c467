import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';

/** A row that was not taken, and why. */
export interface RejectedRow {
  line: number;
  reason: string;
  /** What exactly is wrong, for people. */
  detail: string;
  fields: string[];
}

/** A CSV file of rejected rows. It is made with the first of them, readable by its owner only: rows hold addresses. */
export interface RejectedRows {
  add(row: RejectedRow): void;
  close(): Promise<void>;
}

/**
 * Rejected rows as CSV: line, reason and detail, then the columns of the file they came from. Fields that a spreadsheet
 * would run as a formula get an apostrophe in front. Without a path nothing is written.
 */
export function rejectedRows(path: string | undefined, columns: string[]): RejectedRows {
  let file: WriteStream | undefined;
  const write = (path: string, fields: string[]) => {
    file ??= createWriteStream(path, { mode: 0o600 });
    file.write(stringify([fields], { escape_formulas: true, record_delimiter: '\r\n' }));
  };
  return {
    add({ line, reason, detail, fields }) {
      if (path === undefined) return;
      if (!file) write(path, ['line', 'reason', 'detail', ...columns]);
      write(path, [String(line), reason, detail, ...fields]);
    },
    async close() {
      if (!file) return;
      file.end();
      await finished(file);
    },
  };
}
