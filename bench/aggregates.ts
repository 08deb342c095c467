import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pino } from 'pino';
import { openStore } from '../server/embedded-mongo/index.ts';
import { createRelease, readAggregates } from '../surveys/aggregates/index.ts';
import { fixedClock } from '../surveys/clock.ts';
import type { Context } from '../surveys/context.ts';
import { publishCatalogue } from '../surveys/definitions/index.ts';
import { deriveKeys } from '../surveys/keys.ts';
import { connectStore, disconnectStore, ensureIndexes } from '../surveys/store.ts';
import { addAnswers, survey } from './support/answered-town.ts';
import { report } from './support/report.ts';

/**
 * A release of the default tables from the cells of 1,000,000 responses (20 departments, 9 channels, 40 products,
 * 12 months, unevenly spread), the next one after a day of answers, and reading a table from it, against the same with
 * 10,000 responses.
 */
const small = await town(10_000);
const large = await town(1_000_000);

report('release of 1,000,000 responses', 's', large.release, small.release);
report('release a day later', 's', large.nextRelease, small.nextRelease);
report('department x channel read', 'ms', large.read, small.read);

interface Measured {
  release: number;
  nextRelease: number;
  read: number;
}

async function town(responses: number): Promise<Measured> {
  const directory = mkdtempSync(join(tmpdir(), 'golden-ear-bench-'));
  const store = await openStore(directory);
  await connectStore(store.uri);
  await ensureIndexes();
  const clock = fixedClock('2027-01-05T09:00:00Z');
  const ctx: Context = { clock, keys: deriveKeys('bench'), log: pino({ level: 'silent' }) };
  await publishCatalogue(ctx);
  await addAnswers(responses);
  const release = await seconds(() => createRelease(ctx, survey));
  clock.advance(86_400_000);
  await addAnswers(responses / 1_000);
  const nextRelease = await seconds(() => createRelease(ctx, survey));
  const read = await fastest(() => readAggregates({ survey, by: 'department,channel' }));
  await disconnectStore();
  await store.close();
  rmSync(directory, { recursive: true, force: true });
  return { release, nextRelease, read };
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}

/** Milliseconds of the fastest of twenty. */
async function fastest(work: () => Promise<unknown>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let index = 0; index < 20; index++) best = Math.min(best, (await seconds(work)) * 1_000);
  return best;
}
