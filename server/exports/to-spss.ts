import { once } from 'node:events';
import { stringify } from 'csv-stringify/sync';
import { ZipFile } from 'yazl';
import type { CellValue, Column, FlatTable } from '../../surveys/aggregates/index.ts';
import type { Labels } from './labels.ts';

const files = { data: 'cijfers.csv', syntax: 'cijfers.sps' } as const;
/** The longest that SPSS takes. */
const longest = { name: 64, text: 32_767, label: 255, valueLabel: 120 } as const;

/**
 * A table for SPSS and PSPP: a zip with the figures as CSV and a syntax file that reads them, with a label for each
 * variable and each code. Unpack both in one folder and run the syntax from there.
 */
export async function toSpss(table: FlatTable, labels: Labels, madeAt: Date): Promise<Buffer> {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(dataOf(table)), files.data, { mtime: madeAt });
  zip.addBuffer(Buffer.from(syntaxOf(table, labels)), files.syntax, { mtime: madeAt });
  zip.end();
  const chunks: Buffer[] = [];
  zip.outputStream.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(zip.outputStream, 'end');
  return Buffer.concat(chunks);
}

function dataOf({ columns, rows }: FlatTable): string {
  return stringify(rows, { header: true, columns: columns.map(({ name }) => name) });
}

/** The commands that read the data. Texts are in quotes, doubled where a text has one. */
function syntaxOf({ columns, rows }: FlatTable, labels: Labels): string {
  const variables = columns.map((column, index) => ({
    column,
    name: variableName(column.name),
    values: rows.map((row) => row[index] ?? null),
  }));
  const labelled = variables
    .map(({ column, name, values }) => ({ name, codes: usedCodes(labels.ofValues(column.name), values) }))
    .filter(({ codes }) => codes.length > 0);
  return [
    '* Encoding: UTF-8.',
    'SET DECIMAL=DOT.',
    `GET DATA /TYPE=TXT /FILE=${quoted(files.data)} /ENCODING='UTF8' /ARRANGEMENT=DELIMITED`,
    `  /DELIMITERS="," /QUALIFIER='"' /FIRSTCASE=2 /VARIABLES=`,
    ...variables.map(({ name, column, values }) => `  ${name} ${formatOf(column, values)}`),
    '  .',
    'VARIABLE LABELS',
    ...variables.map(({ name, column }) => `  ${name} ${quoted(labels.ofColumn(column), longest.label)}`),
    '  .',
    ...labelled.flatMap(({ name, codes }) => [
      `VALUE LABELS ${name}`,
      ...codes.map(([code, label]) => `  ${quoted(code)} ${quoted(label, longest.valueLabel)}`),
      '  .',
    ]),
    'EXECUTE.',
    '',
  ].join('\n');
}

/** `answers 1-5` to `answers_1_5`. */
function variableName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9]+/g, '_').slice(0, longest.name);
}

function formatOf({ kind }: Column, values: CellValue[]): string {
  if (kind === 'integer') return 'F10.0';
  if (kind !== 'text') return 'F10.4';
  const widest = Math.max(1, ...values.map((value) => Buffer.byteLength(String(value ?? ''))));
  return `A${Math.min(widest, longest.text)}`;
}

function usedCodes(known: ReadonlyMap<string, string>, values: CellValue[]): [string, string][] {
  const used = new Set(values);
  return [...known].filter(([code]) => used.has(code));
}

function quoted(text: string, most: number = longest.label): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return `'${cut(line, most).replaceAll("'", "''")}'`;
}

/** At most so many bytes of UTF-8, never half a character. */
function cut(text: string, bytes: number): string {
  let short = text;
  while (Buffer.byteLength(short) > bytes) short = [...short].slice(0, -1).join('');
  return short;
}
