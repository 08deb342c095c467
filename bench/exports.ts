import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import mongoose from 'mongoose';
import { pino } from 'pino';
import { exportRecords } from '../server/cli/export-records.ts';
import { toXlsx } from '../server/exports/to-xlsx.ts';
import { flatTable } from '../surveys/aggregates/index.ts';
import { cellKey } from '../surveys/aggregates/keys.ts';
import { fixedClock } from '../surveys/clock.ts';
import type { Context } from '../surveys/context.ts';
import { publishCatalogue } from '../surveys/definitions/index.ts';
import { deriveKeys } from '../surveys/keys.ts';
import { type Response, ResponseModel } from '../surveys/responses/index.ts';
import { connectStore, disconnectStore, ensureIndexes } from '../surveys/store.ts';
import { giveGrant } from '../surveys/unit-records/index.ts';
import { report } from './support/report.ts';
import { startStoreProcess } from './support/store-process.ts';

/**
 * Exports: 1,000,000 answers one by one as CSV, against streaming the same documents from the store and serialising
 * them with nothing else; and a workbook of 100,000 rows. Each in a process of its own, so that its memory is its own.
 */
const responses = 1_000_000;
const workbookRows = 100_000;
const survey = 'customer-journey';

interface Measured {
  seconds: number;
  /** Highest resident memory of the process. */
  megabytes: number;
}

const tasks: Record<string, (directory: string) => Promise<number>> = { fill, bare, records, workbook };
const [task, directory] = process.argv.slice(2);
if (task && directory && process.send) {
  const seconds = await tasks[task]!(directory);
  process.send({ seconds, megabytes: process.resourceUsage().maxRSS / 1_024 } satisfies Measured);
  process.disconnect();
} else await measure();

async function measure(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'golden-ear-bench-'));
  const store = await startStoreProcess(dataDir);
  await inProcess('fill', dataDir);
  const alone = await inProcess('bare', dataDir);
  const exported = await inProcess('records', dataDir);
  await store.close();
  const book = await inProcess('workbook', dataDir);
  rmSync(dataDir, { recursive: true, force: true });
  report('answers one by one as CSV', '1/s', responses / exported.seconds, responses / alone.seconds);
  report('memory for 1,000,000 answers', 'MB', exported.megabytes);
  report('memory for a workbook of 100,000 rows', 'MB', book.megabytes);
}

async function inProcess(name: string, dataDir: string): Promise<Measured> {
  // The young generation is as large as where the product does the same (package.json, deploy/, server/cli/).
  const execArgv = ['--import', 'tsx', `--max-semi-space-size=${name === 'records' ? 4 : 8}`];
  const child = fork(fileURLToPath(import.meta.url), [name, dataDir], { execArgv });
  const [measured] = (await once(child, 'message')) as [Measured];
  return measured;
}

async function withStore<T>(dataDir: string, work: (ctx: Context) => Promise<T>): Promise<T> {
  const { openStore } = await import('../server/embedded-mongo/index.ts');
  const store = await openStore(dataDir);
  await connectStore(store.uri);
  const ctx: Context = {
    clock: fixedClock('2027-01-05T09:00:00Z'),
    keys: deriveKeys('bench'),
    log: pino({ level: 'silent' }),
  };
  try {
    return await work(ctx);
  } finally {
    await disconnectStore();
    await store.close();
  }
}

function fill(dataDir: string): Promise<number> {
  return withStore(dataDir, async (ctx) => {
    await ensureIndexes();
    await publishCatalogue(ctx);
    const start = performance.now();
    const collection = mongoose.connection.collection<Response>(ResponseModel.collection.name);
    for (let at = 0; at < responses; at += 5_000)
      await collection.insertMany(Array.from({ length: 5_000 }, (_, index) => sample(at + index)));
    return (performance.now() - start) / 1_000;
  });
}

function sample(index: number): Response {
  const place = {
    survey,
    version: 1,
    department: `department-${index % 20}`,
    channel: `channel-${index % 9}`,
    product: `product-${index % 41}`,
    mode: 'web',
    month: `2026-${String(1 + (index % 12)).padStart(2, '0')}`,
  };
  const likert = 1 + (index % 5);
  return {
    _id: createHash('sha256').update(String(index)).digest('hex'),
    ...place,
    cell: cellKey(place),
    answers: {
      overall: 1 + (index % 10),
      ease: likert,
      clarity: likert,
      trust: 3,
      comment: 'Vriendelijk geholpen aan de balie.',
    },
    derived: {},
    rev: 1,
    dirty: false,
  };
}

function bare(dataDir: string): Promise<number> {
  return withStore(dataDir, async () => {
    const start = performance.now();
    await pipeline(Readable.from(serialised()), createWriteStream(join(dataDir, 'bare.ndjson')));
    return (performance.now() - start) / 1_000;
  });
}

async function* serialised(): AsyncGenerator<string> {
  const found = mongoose.connection
    .collection<Response>(ResponseModel.collection.name)
    .find({ survey }, { batchSize: 2_000 });
  while (await found.hasNext()) {
    yield found
      .readBufferedDocuments()
      .map((one) => `${JSON.stringify(one)}\n`)
      .join('');
  }
}

function records(dataDir: string): Promise<number> {
  return withStore(dataDir, async (ctx) => {
    const { _id } = await giveGrant(ctx, {
      survey,
      from: '2026-01',
      to: '2026-12',
      recipient: 'Bench',
      purpose: 'How fast it is',
      endDate: '2027-01-31',
    });
    const start = performance.now();
    const done = await exportRecords(ctx, { grant: _id, file: join(dataDir, 'records.csv') });
    if (done.records + done.leftOut !== responses) throw new Error(`${done.records} answers came out`);
    return (performance.now() - start) / 1_000;
  });
}

async function workbook(dataDir: string): Promise<number> {
  const { columns, rows } = flatTable({
    by: ['department', 'channel'],
    rows: Array.from({ length: 100 }, (_, index) => ({
      department: `department-${index}`,
      channel: 'phone',
      question: 'overall',
      status: 'published' as const,
      responses: 100 + index,
      mean: 7.1,
      satisfied: 0.8125,
      satisfiedInterval: [0.75, 0.87] as [number, number],
      distribution: { '1-5': 10, '6': 10, '7': 30, '8': 40, '9-10': 10 + index },
    })),
    totals: [],
  });
  const start = performance.now();
  const repeated = function* () {
    for (let index = 0; index < workbookRows; index += 1) yield rows[index % rows.length]!;
  };
  const book = toXlsx({
    columns,
    rows: repeated(),
    titleOf: ({ name }) => name,
    notes: [],
    words: { figures: 'cijfers', notes: 'toelichting', what: 'wat' },
    madeAt: new Date(0),
  });
  await pipeline(book, createWriteStream(join(dataDir, 'workbook.xlsx')));
  return (performance.now() - start) / 1_000;
}
