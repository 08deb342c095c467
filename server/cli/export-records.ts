import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Context } from '../../surveys/context.ts';
import { grantInForce, unitRecords } from '../../surveys/unit-records/index.ts';
import { audit, operatorName } from '../audit/index.ts';

/** What went into a file of records, and what did not. */
export interface ExportedRecords {
  file: string;
  records: number;
  /** Combinations of department, channel, product, stage, mode and period that occur. */
  classes: number;
  leftOut: number;
}

/**
 * Writes the answers that a grant is about to a file. The file has its name only once all of it is there, is safe, and
 * is written down in the audit log; what an attempt that failed left behind is removed.
 * @throws Problem `notFound` or `grantEnded`, and those of `unitRecords`
 */
export async function exportRecords(
  ctx: Pick<Context, 'clock' | 'keys'>,
  { grant: id, file }: { grant: string; file: string },
  onProgress: (written: number, total: number) => void = () => undefined,
): Promise<ExportedRecords> {
  const grant = await grantInForce(ctx, id);
  const { total, leftOut, classes, chunks } = await unitRecords(grant);
  const unfinished = `${file}.part`;
  let records = 0;
  async function* texts() {
    for await (const chunk of chunks()) {
      records += chunk.records;
      yield chunk.text;
      onProgress(records, total);
    }
  }
  try {
    await pipeline(Readable.from(texts()), createWriteStream(unfinished, { mode: 0o600 }));
    await audit(ctx, { who: operatorName, what: 'records.exported', on: id });
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  return { file, records, classes, leftOut };
}
