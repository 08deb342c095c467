import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import type { CellValue, Column } from '../../surveys/aggregates/index.ts';

/** A sheet with figures, and one that says what they are. */
export interface Workbook {
  columns: readonly Column[];
  titleOf(column: Column): string;
  rows: Iterable<readonly CellValue[]> | AsyncIterable<readonly CellValue[]>;
  /** Two columns: what, and what it is. */
  notes: readonly (readonly [string, string])[];
  /** Names of the sheets and of the first column of the notes. */
  words: Readonly<Record<'figures' | 'notes' | 'what', string>>;
  madeAt: Date;
}

const formats = { text: '@', integer: '0', decimal: '0.0#', share: '0.0%' } as const;
const rowsAtOnce = 100;

/**
 * A workbook for Excel and LibreOffice, written as it is read: memory does not grow with the rows. The header row stays
 * in sight, columns are typed (a text is never run as a formula), and a second sheet holds the notes.
 */
export function toXlsx(workbook: Workbook): Readable {
  const output = new PassThrough();
  write(workbook, output).catch((error: unknown) => {
    output.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  return output;
}

async function write(
  { columns, titleOf, rows, notes, words, madeAt }: Workbook,
  output: PassThrough,
): Promise<void> {
  const { default: excel } = await import('exceljs');
  const book = new excel.stream.xlsx.WorkbookWriter({
    stream: output,
    useStyles: true,
    useSharedStrings: false,
  });
  book.created = madeAt;
  const sheet = book.addWorksheet(words.figures, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = columns.map(({ name, kind }) => ({
    header: name,
    key: name,
    width: kind === 'text' ? 22 : 12,
    style: { numFmt: formats[kind] },
  }));
  sheet.getRow(1).font = { bold: true };
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: columns.length } };
  let written = 0;
  for await (const row of rows) {
    sheet.addRow([...row]).commit();
    written += 1;
    if (written % rowsAtOnce === 0) await room(output);
  }
  sheet.commit();
  const explained = book.addWorksheet(words.notes, { views: [{ state: 'frozen', ySplit: 1 }] });
  explained.columns = [
    { header: words.what, width: 30 },
    { header: words.notes, width: 100 },
  ];
  explained.getRow(1).font = { bold: true };
  for (const note of [...notes, ...columns.map((column) => [column.name, titleOf(column)] as const)]) {
    explained.addRow([...note]).commit();
  }
  explained.commit();
  await book.commit();
}

/** Lets what was written flow on; waits for a reader who is slower than the rows. */
async function room(output: PassThrough): Promise<void> {
  if (output.writableNeedDrain) await once(output, 'drain');
  await new Promise(setImmediate);
}
