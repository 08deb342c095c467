import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Fault } from '../../schemas/validate.ts';
import type { Context } from '../context.ts';
import { batches } from '../files/batches.ts';
import { readNdjson } from '../files/ndjson-rows.ts';
import { type Progress, progressOf } from '../files/progress.ts';
import { rejectedRows } from '../files/rejected-rows.ts';
import type { Row } from '../files/row.ts';
import { count, emptySummary, type ImportSummary } from '../files/summary.ts';
import type { ResponseResult } from './judge-item.ts';
import { recordResponses } from './record.ts';

export interface ImportResponsesOptions {
  /** NDJSON: one item of `POST /v1/responses` per line. */
  file: string;
  dryRun?: boolean;
  /** Where to write rejected rows, as CSV. */
  rejectedFile?: string;
  onProgress?: (progress: Progress) => void;
}

const batchSize = 1_000;

/**
 * Stores a file of answer sets. Safe to repeat: an item without an external id is known by its line and the file's
 * SHA-256. Rows that can't be read, or whose answers do not fit, are counted with their reason.
 */
export async function importResponses(ctx: Context, options: ImportResponsesOptions): Promise<ImportSummary> {
  const { file, dryRun = false, rejectedFile, onProgress } = options;
  const idempotencyKey = await digestOf(file);
  const summary = emptySummary(['stored', 'rejected'], dryRun);
  const rejected = rejectedRows(rejectedFile, ['row']);
  const progress = await progressOf(file, onProgress);
  let firstIndex = 0;
  for await (const rows of batches(readNdjson(file, progress), batchSize)) {
    const results = await recordRows(ctx, rows, { idempotencyKey, firstIndex, dryRun });
    firstIndex += rows.length;
    for (const [index, result] of results.entries()) {
      count(summary, result);
      const row = rows[index];
      if (result.decision === 'rejected' && row) rejected.add({ ...row, ...explain(result) });
    }
    progress.addRows(rows.length);
  }
  await rejected.close();
  return summary;
}

type RowResult = Pick<ResponseResult, 'decision' | 'errors'> & { reason?: string };

/** One result per row, in order; those that can't be read keep their place under the idempotency key. */
async function recordRows(
  ctx: Context,
  rows: Row<unknown>[],
  options: { idempotencyKey: string; firstIndex: number; dryRun: boolean },
): Promise<RowResult[]> {
  const items = rows.map(({ content }) => (content.ok ? content.value : undefined));
  const results = await recordResponses(ctx, items, options);
  return rows.map(({ content }, index) =>
    content.ok ? results[index]! : { decision: 'rejected', reason: content.reason },
  );
}

function explain({ reason = '', errors = [] }: RowResult) {
  const detail = errors.map(({ pointer, detail }: Fault) => `${pointer} ${detail}`).join('; ');
  return { reason, detail };
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}
