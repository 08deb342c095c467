import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Db } from 'mongodb';
import { startOwner } from '../test/server/embedded-mongo/owner-process.ts';
import { report } from './support/report.ts';

/**
 * How fast the embedded store answers through the driver, 50 at a time, compared with `ping` in the same run; its
 * memory with a million documents, and its file after many updates. The store is a process of its own.
 */

const parallel = 50;
const seconds = Number(process.env.BENCH_SECONDS ?? 3);

/** Operations per second. */
async function rate(operation: (n: number) => Promise<unknown>): Promise<number> {
  let done = 0;
  const start = performance.now();
  const end = start + seconds * 1000;
  const worker = async (): Promise<void> => {
    while (performance.now() < end) {
      done += 1;
      await operation(done);
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  return done / ((performance.now() - start) / 1000);
}

async function main(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'golden-ear-bench-'));
  const owner = await startOwner(directory);
  const db = owner.client.db();
  try {
    await rates(db);
    await updates(db, join(directory, 'store.mdb'));
    await manyDocuments(db, owner.pid);
  } finally {
    await owner.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Operations per second, 50 at a time. */
async function rates(db: Db): Promise<void> {
  const things = db.collection<{ _id: string; n: number; text: string }>('things');
  const counters = db.collection<{ _id: string; n: number }>('counters');
  await things.insertMany(Array.from({ length: 10_000 }, (_, n) => ({ _id: `t${n}`, n, text: 'some text' })));
  await rate(() => db.command({ ping: 1 }));

  const ping = await rate(() => db.command({ ping: 1 }));
  report('store.ping', 'operations/s', ping, ping);
  const findOne = await rate((n) => things.findOne({ _id: `t${n % 10_000}` }));
  report('store.findOne', 'operations/s', findOne, ping);
  const insertOne = await rate((n) => things.insertOne({ _id: `i${n}`, n, text: 'some text' }));
  report('store.insertOne', 'operations/s', insertOne, ping);
  const increment = { $inc: { n: 1 } };
  const upsert = await rate((n) => counters.updateOne({ _id: `c${n % 100}` }, increment, { upsert: true }));
  report('store.incUpsert', 'operations/s', upsert, ping);
}

/** Bytes of the file after 100,000 updates of 10,000 documents, against those after the first 10,000. */
async function updates(db: Db, file: string): Promise<void> {
  const things = db.collection<{ _id: number; n: number; text: string }>('updated');
  await things.createIndex({ n: 1 });
  await things.insertMany(Array.from({ length: 10_000 }, (_, _id) => ({ _id, n: _id, text: 'some text' })));
  const change = async (from: number, to: number) => {
    for (let at = from; at < to; at += parallel)
      await Promise.all(
        Array.from({ length: parallel }, (_, i) =>
          things.updateOne({ _id: ((at + i) * 7919) % 10_000 }, { $set: { n: at + i, text: `text ${at}` } }),
        ),
      );
  };
  await change(0, 10_000);
  const before = statSync(file).size;
  await change(10_000, 110_000);
  report('store.fileAfterUpdates', 'MB', statSync(file).size / 1e6, before / 1e6);
}

/** Memory of the process that owns 1,000,000 small documents, and how long a ping waits while they are dropped. */
async function manyDocuments(db: Db, pid: number): Promise<void> {
  const small = db.collection<{ n: number; cell: string }>('small');
  await small.createIndex({ cell: 1 });
  const started = performance.now();
  for (let from = 0; from < 1_000_000; from += 10_000)
    await small.insertMany(
      Array.from({ length: 10_000 }, (_, i) => ({ n: from + i, cell: `c${(from + i) % 5_000}` })),
    );
  report('store.load of 1,000,000', 's', (performance.now() - started) / 1_000);
  const groups = [{ $group: { _id: '$cell', n: { $sum: 1 } } }];
  const grouping = performance.now();
  await small.aggregate(groups).toArray();
  report('store.group of 1,000,000', 's', (performance.now() - grouping) / 1_000);
  report('store.memory with 1,000,000', 'MB', residentMegabytes(pid));

  const waits: number[] = [];
  let dropped = false;
  const dropping = small.drop().then(() => {
    dropped = true;
  });
  const end = performance.now() + 10_000;
  while (!dropped || performance.now() < end) {
    const asked = performance.now();
    await db.collection<{ _id: number }>('others').insertOne({ _id: waits.length });
    waits.push(performance.now() - asked);
  }
  await dropping;
  report('store.insertOne while they are dropped, longest', 'ms', Math.max(...waits), median(waits));
}

function residentMegabytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_000;
}

function median(values: number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
