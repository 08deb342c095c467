import { extname } from 'node:path';
import type { ContactMapping } from '../../../schemas/generated/contact-mapping.ts';
import type { Fault } from '../../../schemas/validate.ts';
import type { Context } from '../../context.ts';
import { batches } from '../../files/batches.ts';
import { readCsv } from '../../files/csv-rows.ts';
import { readNdjson } from '../../files/ndjson-rows.ts';
import { type Progress, progressOf } from '../../files/progress.ts';
import { rejectedRows } from '../../files/rejected-rows.ts';
import type { Row } from '../../files/row.ts';
import { count, emptySummary, type ImportSummary } from '../../files/summary.ts';
import { problem } from '../../problems.ts';
import { createRehearsal, recordContacts } from '../index.ts';
import { checkMapping, columnsOf, compileMapping, type MappedRow } from './mapping.ts';

export interface ImportContactsOptions {
  /** CSV with a header row; NDJSON when its name ends in `.ndjson` or `.jsonl`. */
  file: string;
  /** A contact mapping (schemas/contact-mapping). NDJSON without one holds contact events as `POST /v1/contacts` takes them. */
  mapping?: unknown;
  /** Decide, and store nothing. */
  dryRun?: boolean;
  /** Decide as of this instant instead of now. */
  asOf?: Date;
  /** Where to write rejected rows, as CSV. */
  rejectedFile?: string;
  onProgress?: (progress: Progress) => void;
}

const batchSize = 1_000;

/**
 * Decides about every row of a file, a thousand at a time, in constant memory. Rows that can't be read or mapped, and
 * contacts that are refused, are counted with their reason and written to the file of rejected rows; the others are
 * stored. Safe to repeat, also after a crash half-way: a contact that was decided keeps its decision.
 * @throws Problem `badRequest` when the mapping has faults or the file lacks a column that it names
 */
export async function importContacts(ctx: Context, options: ImportContactsOptions): Promise<ImportSummary> {
  const { file, dryRun = false, asOf, rejectedFile, onProgress } = options;
  const summary = emptySummary(['invited', 'skipped', 'rejected'], dryRun);
  const progress = await progressOf(file, onProgress);
  const { columns, rows } = await openFile(options, asOf ?? ctx.clock.now(), progress.onBytes);
  const rejected = rejectedRows(rejectedFile, columns);
  const decide = { ...(asOf && { asOf }), dryRun: dryRun && createRehearsal() };
  for await (const batch of batches(rows, batchSize)) {
    const items = batch.flatMap(({ item }) => (item.ok ? [item.value] : []));
    const results = (await recordContacts(ctx, items, decide)).values();
    for (const { row, item } of batch) {
      const result: RowResult = item.ok ? results.next().value! : { decision: 'rejected', ...item };
      count(summary, result);
      if (result.decision === 'rejected') rejected.add({ ...row, ...explain(result) });
    }
    progress.addRows(batch.length);
  }
  await rejected.close();
  return summary;
}

interface RowResult {
  decision: 'invited' | 'skipped' | 'rejected';
  reason?: string;
  errors?: Fault[];
}

/** A row and the contact it stands for, if it stands for one. */
interface RowItem {
  row: Row<unknown>;
  item: { ok: true; value: unknown } | { ok: false; reason: string; errors: Fault[] };
}

interface OpenFile {
  /** Names for the fields of rejected rows. */
  columns: string[];
  rows: AsyncIterable<RowItem>;
}

async function openFile(
  { file, mapping }: ImportContactsOptions,
  now: Date,
  onBytes: (bytes: number) => void,
): Promise<OpenFile> {
  const isNdjson = ['.ndjson', '.jsonl'].includes(extname(file).toLowerCase());
  if (mapping === undefined) {
    if (!isNdjson) throw problem('badRequest', { detail: 'A CSV file needs a mapping.' });
    return {
      columns: ['row'],
      rows: toItems(readNdjson(file, { onBytes }), (value) => ({ ok: true, value })),
    };
  }
  const checked = checkMapping(mapping);
  if (!checked.ok) throw problem('badRequest', { detail: 'The mapping has faults.', faults: checked.faults });
  const map = compileMapping(checked.value);
  if (isNdjson) {
    const rows = toItems(readNdjson(file, { onBytes }), (value) => withErrors(map(textsOf(value), now)));
    return { columns: ['row'], rows };
  }
  const { header, rows } = await readCsv(file, { delimiter: checked.value.delimiter, onBytes });
  requireColumns(checked.value, header);
  return { columns: header, rows: toItems(rows, (row) => withErrors(map(row, now))) };
}

async function* toItems<T>(
  rows: AsyncIterable<Row<T>>,
  map: (value: T) => RowItem['item'],
): AsyncGenerator<RowItem> {
  for await (const row of rows) {
    const { content } = row;
    yield { row, item: content.ok ? map(content.value) : { ...content, errors: [] } };
  }
}

function withErrors(mapped: MappedRow): RowItem['item'] {
  return mapped.ok ? mapped : { ok: false, reason: mapped.reason, errors: [mapped.fault] };
}

function requireColumns(mapping: ContactMapping, header: string[]): void {
  const missing = [...columnsOf(mapping)].filter((column) => !header.includes(column));
  if (missing.length === 0) return;
  const detail = `The file lacks columns that the mapping names: ${missing.join(', ')}.`;
  throw problem('badRequest', { detail });
}

/** The plain values of a JSON object as texts, as if they were columns. */
function textsOf(value: unknown): Map<string, string> {
  return new Map(
    Object.entries(value ?? {}).flatMap(([name, part]): [string, string][] =>
      ['string', 'number', 'boolean'].includes(typeof part) ? [[name, String(part).trim()]] : [],
    ),
  );
}

function explain({ reason = '', errors = [] }: RowResult) {
  return { reason, detail: errors.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; ') };
}
