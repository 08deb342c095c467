import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { ResponseMapping } from '../../../schemas/generated/response-mapping.ts';
import type { Fault } from '../../../schemas/validate.ts';
import type { Context } from '../../context.ts';
import { publishedSurvey } from '../../definitions/index.ts';
import { batches } from '../../files/batches.ts';
import { readCsv } from '../../files/csv-rows.ts';
import { type Progress, progressOf } from '../../files/progress.ts';
import { rejectedRows } from '../../files/rejected-rows.ts';
import { count, emptySummary, type ImportSummary } from '../../files/summary.ts';
import { problem } from '../../problems.ts';
import { recordResponses } from '../record.ts';
import { beginImport, importIdOf, noteProgress } from './imports.ts';
import { checkResponseMapping, columnsOf, faultsAgainst } from './mapping.ts';
import { type Person, peopleOf } from './people.ts';
import { type RowFault, rowReader } from './read-row.ts';
import { decisionOn, explain, locate, shown } from './tell.ts';

export interface ImportHistoricOptions {
  /** CSV with a header row. */
  file: string;
  /** A response mapping (schemas/response-mapping). */
  mapping: unknown;
  /** Show the first rows as they would be stored, and all faults; store nothing. */
  dryRun?: boolean;
  /** Where to write rejected rows with every fault, as CSV. */
  rejectedFile?: string;
  onProgress?: (progress: Progress) => void;
  /** Stops after what is under way; run again, the import goes on. */
  signal?: AbortSignal;
}

/** What an import did, or would do; `rows` and decisions count people: the rows of a wide file. */
export interface HistoricSummary extends ImportSummary {
  /** For undoing it; absent in a dry run. */
  importId?: string;
  responses: number;
  /** It was stopped before the end of the file. */
  stopped: boolean;
  /** The first rows as they would be stored, personal data in texts struck out; in a dry run only. */
  preview: object[];
  /** What is wrong where; no more than a thousand, all of them are in the file of rejected rows. */
  faults: (RowFault & { line: number })[];
}

const peopleAtOnce = 200;
const previewed = 5;
const mostFaults = 1_000;

/**
 * Stores the historic answers of a file as a mapping says. What is wrong with a person's rows keeps all of that person's
 * answers out, and nobody else's. Safe to repeat and to break off: a response is named by its place in the file.
 * @throws Problem `badRequest` when the mapping does not fit its schema, the survey or the file
 */
export async function importHistoric(ctx: Context, options: ImportHistoricOptions): Promise<HistoricSummary> {
  const { file, dryRun = false, rejectedFile, onProgress, signal } = options;
  const { mapping, survey } = await readMapping(options.mapping);
  const progress = await progressOf(file, onProgress);
  const csv = await readCsv(file, { delimiter: mapping.delimiter, onBytes: progress.onBytes });
  const missing = [...columnsOf(mapping)].filter((column) => !csv.header.includes(column));
  if (missing.length > 0) {
    throw problem('badRequest', {
      detail: `The file lacks columns that the mapping names: ${missing.join(', ')}.`,
    });
  }
  const importId = importIdOf(ctx, await digestOf(file));
  const importSalt = dryRun ? noSalt : await beginImport(ctx, { id: importId, survey: survey.key, mapping });
  const summary: HistoricSummary = {
    ...emptySummary(['stored', 'empty', 'rejected'], dryRun),
    ...(!dryRun && { importId }),
    responses: 0,
    stopped: false,
    preview: [],
    faults: [],
  };
  const rejected = rejectedRows(rejectedFile, csv.header);
  for await (const people of batches(peopleOf(csv.rows, rowReader(mapping, survey)), peopleAtOnce)) {
    await judge(ctx, people, importSalt);
    const good = people.filter(({ faults }) => faults.length === 0);
    const items = good.flatMap(({ responses }) => responses.map(({ item }) => item));
    if (!dryRun && items.length > 0) {
      const lastLine = Math.max(...good.map(({ rows }) => rows[0]!.line));
      const parts = Math.max(...good.map(({ responses }) => responses.length));
      const months = [...new Set(items.map(({ answerDate }) => String(answerDate).slice(0, 7)))];
      await noteProgress(importId, { lastLine, parts, months });
      await recordResponses(ctx, items, { importSalt });
    }
    summary.responses += items.length;
    if (dryRun && summary.preview.length < previewed)
      summary.preview.push(...items.slice(0, previewed - summary.preview.length).map(shown));
    for (const person of people) {
      count(summary, decisionOn(person));
      summary.faults.push(...person.faults.slice(0, mostFaults - summary.faults.length));
      if (person.faults.length > 0)
        for (const row of person.rows) rejected.add({ ...row, ...explain(person) });
    }
    progress.addRows(people.length);
    if (signal?.aborted) {
      summary.stopped = true;
      break;
    }
  }
  await rejected.close();
  return summary;
}

const noSalt = '00'.repeat(32);

async function readMapping(given: unknown) {
  const checked = checkResponseMapping(given);
  const refuse = (faults: Fault[]) => problem('badRequest', { detail: 'The mapping has faults.', faults });
  if (!checked.ok) throw refuse(checked.faults);
  const mapping: ResponseMapping = checked.value;
  const survey = await publishedSurvey(mapping.survey);
  if (!survey)
    throw refuse([{ pointer: '/survey', code: 'unknownSurvey', detail: 'is no published survey' }]);
  const faults = faultsAgainst(mapping, survey);
  if (faults.length > 0) throw refuse(faults);
  return { mapping, survey };
}

/** Adds to each person what the survey and the clock say against their responses. */
async function judge(ctx: Context, people: Person[], importSalt: string): Promise<void> {
  const responses = people.flatMap((person) => person.responses.map((response) => ({ person, response })));
  const items = responses.map(({ response }) => response.item);
  const results = await recordResponses(ctx, items, { importSalt, dryRun: true });
  for (const [index, { reason = 'invalid', errors = [] }] of results.entries()) {
    const { person, response } = responses[index]!;
    const line = person.rows[0]!.line;
    person.faults.push(...errors.map((fault) => ({ line, reason, ...locate(fault, response) })));
  }
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}
