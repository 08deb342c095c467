import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { openStore } from '../server/embedded-mongo/index.ts';

/** How fast the embedded store answers through the driver, 50 at a time, compared with `ping` in the same run. */

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

function report(name: string, value: number, baseline: number): void {
  const line = { name, value: Math.round(value), unit: 'operations/s', baseline: Math.round(baseline) };
  console.log(JSON.stringify({ ...line, ratio: Number((value / baseline).toFixed(2)) }));
}

async function main(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'golden-ear-bench-'));
  const store = await openStore(directory);
  const writeConcern = { w: 'majority', journal: true } as const;
  const client = new MongoClient(store.uri, { writeConcern, maxPoolSize: parallel });
  const db = client.db();
  const things = db.collection<{ _id: string; n: number; text: string }>('things');
  const counters = db.collection<{ _id: string; n: number }>('counters');
  await things.insertMany(Array.from({ length: 10_000 }, (_, n) => ({ _id: `t${n}`, n, text: 'some text' })));
  await rate(() => db.command({ ping: 1 }));

  const ping = await rate(() => db.command({ ping: 1 }));
  report('store.ping', ping, ping);
  report('store.findOne', await rate((n) => things.findOne({ _id: `t${n % 10_000}` })), ping);
  report(
    'store.insertOne',
    await rate((n) => things.insertOne({ _id: `i${n}`, n, text: 'some text' })),
    ping,
  );
  const upsert = (n: number) =>
    counters.updateOne({ _id: `c${n % 100}` }, { $inc: { n: 1 } }, { upsert: true });
  report('store.incUpsert', await rate(upsert), ping);

  await client.close();
  await store.close();
  rmSync(directory, { recursive: true, force: true });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
