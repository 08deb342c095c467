import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { problem } from '../problems.ts';
import { type Delimiter, delimiterOf, readHead } from './csv-head.ts';
import { decodeLeniently, decodeUtf8, type Row } from './row.ts';

/** A CSV file that is being read: its header, and its rows one after another. */
export interface CsvFile {
  header: string[];
  rows: AsyncGenerator<Row<Map<string, string>>>;
}

interface CsvOptions {
  /** Absent: the one that the header row holds most of. */
  delimiter?: Delimiter | undefined;
  /** Called with the number of bytes of each piece that was read. */
  onBytes?: ((bytes: number) => void) | undefined;
}

/**
 * Reads a CSV file (RFC 4180; also with `;`, a byte-order mark, and quotes inside fields) with a header row, in constant
 * memory. A row with too many or too few fields, or with bytes that are no UTF-8, comes out as unreadable; its
 * neighbours are not harmed, also when a quote that never ends swallowed them.
 * @throws Problem `badRequest` when there is no usable header
 */
export async function readCsv(file: string, options: CsvOptions = {}): Promise<CsvFile> {
  const { start, head } = await readHead(file);
  const delimiter = options.delimiter ?? delimiterOf(head);
  const bytes = createReadStream(file, { start });
  if (options.onBytes) bytes.on('data', (chunk) => options.onBytes?.(chunk.length));
  const records = recordsOf(bytes, delimiter, 0);
  const first = await records.next();
  const header = first.done
    ? []
    : first.value.fields.map((field) => (decodeUtf8(bytesOf(field)) ?? '').trim());
  const named = header.filter((name) => name !== '');
  if (named.length === 0 || new Set(named).size < named.length) {
    bytes.destroy();
    throw problem('badRequest', { detail: 'The first row must name the columns, each once, in UTF-8.' });
  }
  return { header, rows: rowsOf(records, header, delimiter) };
}

/** A record as the parser gives it: every character is one byte; `line` is its first. */
interface RawRecord {
  line: number;
  fields: string[];
  raw: string;
  broken: boolean;
}

async function* rowsOf(
  records: AsyncGenerator<RawRecord>,
  header: string[],
  delimiter: Delimiter,
): AsyncGenerator<Row<Map<string, string>>> {
  for await (const record of records) {
    const fits = !record.broken && record.fields.length === header.length;
    if (fits) {
      yield toRow(record, header);
      continue;
    }
    const { own, rest } = firstLineOf(record.raw);
    const reason = record.broken ? ('brokenQuotes' as const) : ('raggedRow' as const);
    const bad = rest === '' ? record.fields : own.split(delimiter);
    yield { line: record.line, fields: bad.map(show), content: { ok: false, reason } };
    if (rest !== '') {
      yield* rowsOf(recordsOf(Readable.from([bytesOf(rest)]), delimiter, record.line), header, delimiter);
    }
  }
}

function toRow({ line, fields }: RawRecord, header: string[]): Row<Map<string, string>> {
  const value = new Map<string, string>();
  for (const [index, field] of fields.entries()) {
    const text = decodeUtf8(bytesOf(field));
    if (text === undefined)
      return { line, fields: fields.map(show), content: { ok: false, reason: 'brokenUtf8' } };
    value.set(header[index] ?? '', text.trim());
  }
  return { line, fields: [...value.values()], content: { ok: true, value } };
}

/** A quote that never ends makes one record of many lines: only its first line is at fault. */
function firstLineOf(raw: string): { own: string; rest: string } {
  const [, own = '', rest = ''] = /^([^\r\n]*)(?:\r\n?|\n)?(.*)$/s.exec(withoutOuterBreaks(raw)) ?? [];
  return { own, rest };
}

/** The line on which a record starts; the parser tells where it ends. */
function startOf(raw: string, lastLine: number): number {
  return lastLine - (withoutOuterBreaks(raw).match(/\r\n?|\n/g)?.length ?? 0);
}

function withoutOuterBreaks(raw: string): string {
  return raw.replace(/^[\r\n]+|[\r\n]+$/g, '');
}

async function* recordsOf(
  input: Readable,
  delimiter: Delimiter,
  linesBefore: number,
): AsyncGenerator<RawRecord> {
  const skipped: RawRecord[] = [];
  const parser = parse({
    encoding: 'latin1',
    delimiter,
    info: true,
    raw: true,
    relaxColumnCount: true,
    relaxQuotes: true,
    skipEmptyLines: true,
    skipRecordsWithError: true,
    onSkip: (error, raw = '') => {
      const line = linesBefore + startOf(raw, Number(error?.lines ?? 0));
      skipped.push({ line, fields: [raw], raw, broken: true });
      return undefined;
    },
  });
  input.once('error', (error) => parser.destroy(error));
  input.pipe(parser);
  try {
    for await (const { record, raw, info } of parser as AsyncIterable<Parsed>) {
      yield { line: linesBefore + startOf(raw, info.lines), fields: record, raw, broken: false };
    }
    yield* skipped;
  } finally {
    input.destroy();
  }
}

interface Parsed {
  record: string[];
  raw: string;
  info: { lines: number };
}

function bytesOf(field: string): Buffer {
  return Buffer.from(field, 'latin1');
}

function show(field: string): string {
  return decodeLeniently(bytesOf(field));
}
