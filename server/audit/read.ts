import { stringify } from 'csv-stringify/sync';
import { type AuditEntry, AuditModel } from './model.ts';

/** An entry as it is exported. */
export type ExportedEntry = Omit<AuditEntry, '_id' | 'at'> & { number: number; at: string };

const columns = ['number', 'at', 'who', 'what', 'on', 'network', 'previous', 'seal'] as const;

/** Up to so many entries before a number, the newest first. */
export async function auditPage(before: number | undefined, most: number): Promise<AuditEntry[]> {
  const filter = before === undefined ? {} : { _id: { $lt: before } };
  return AuditModel.find(filter).sort({ _id: -1 }).limit(most).lean();
}

/** The whole log, oldest first, as lines of JSON (NDJSON). */
export async function* auditLines(): AsyncGenerator<string> {
  for await (const entry of exported()) yield `${JSON.stringify(entry)}\n`;
}

/** The whole log, oldest first, as lines of CSV (RFC 4180). A text that a spreadsheet would run gets an apostrophe in front. */
export async function* auditCsv(): AsyncGenerator<string> {
  const options = { record_delimiter: 'windows', escape_formulas: true } as const;
  yield stringify([[...columns]], options);
  for await (const entry of exported()) yield stringify([columns.map((name) => entry[name])], options);
}

async function* exported(): AsyncGenerator<ExportedEntry> {
  for await (const { _id, at, ...rest } of AuditModel.find().sort({ _id: 1 }).lean().cursor())
    yield { number: _id, at: at.toISOString(), ...rest };
}
