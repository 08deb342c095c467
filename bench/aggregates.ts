import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pino } from 'pino';
import { openStore } from '../server/embedded-mongo/index.ts';
import {
  type Cell,
  CellModel,
  createRelease,
  type Histogram,
  readAggregates,
} from '../surveys/aggregates/index.ts';
import { cellKey } from '../surveys/aggregates/keys.ts';
import { mergeHistograms } from '../surveys/aggregates/measures.ts';
import { fixedClock } from '../surveys/clock.ts';
import type { Context } from '../surveys/context.ts';
import { publishCatalogue } from '../surveys/definitions/index.ts';
import { deriveKeys } from '../surveys/keys.ts';
import { connectStore, disconnectStore, ensureIndexes } from '../surveys/store.ts';
import { report } from './support/report.ts';

/**
 * A release of the default tables from the cells of 1,000,000 responses (20 departments, 9 channels, 40 products,
 * 12 months, unevenly spread), the next one after a day of answers, and reading a table from it, against the same with
 * 10,000 responses.
 */
const survey = 'customer-journey';
/** Question to its highest answer. */
const questions = { overall: 10, ease: 5, listening: 5, treatment: 5, clarity: 5, leadTime: 5, trust: 5 };
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

/** Adds answers to the cells as a roll-up would have left them. The first keys of each dimension get most. */
async function addAnswers(responses: number): Promise<void> {
  let seed = responses;
  const random = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 4_294_967_296;
  };
  const oneOf = (count: number) => Math.floor(count * random() ** 1.5);
  const cells = new Map<string, Cell>();
  for (let index = 0; index < responses; index++) {
    const fields = {
      survey,
      version: 1,
      department: `department-${oneOf(20)}`,
      channel: `channel-${oneOf(9)}`,
      product: `product-${oneOf(40)}`,
      stage: '',
      mode: 'web',
      month: `2026-${String(1 + Math.floor(12 * random())).padStart(2, '0')}`,
    };
    const _id = cellKey(fields);
    const cell = cells.get(_id) ?? { _id, ...fields, n: 0, histograms: {}, fence: 1 };
    cell.n += 1;
    for (const [question, bins] of Object.entries(questions)) {
      cell.histograms[question] ??= {};
      const histogram: Histogram = cell.histograms[question];
      const bin = String(bins - Math.floor(bins * random() ** 2));
      histogram[bin] = (histogram[bin] ?? 0) + 1;
    }
    cells.set(_id, cell);
  }
  const ids = [...cells.keys()];
  for (let at = 0; at < ids.length; at += 2_000) {
    const some = ids.slice(at, at + 2_000);
    const added = some.map((id) => cells.get(id)!);
    for (const before of await CellModel.find({ _id: { $in: some } }).lean())
      mergeInto(cells.get(before._id)!, before);
    await CellModel.deleteMany({ _id: { $in: some } });
    await CellModel.insertMany(added, { lean: true });
  }
}

function mergeInto(cell: Cell, before: Cell): void {
  cell.n += before.n;
  for (const [question, histogram] of Object.entries(before.histograms)) {
    cell.histograms[question] = mergeHistograms([cell.histograms[question] ?? {}, histogram]);
  }
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
