import { createHash } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../../server/config.ts';
import { seededRandom } from '../../server/demo/random.ts';
import { startService } from '../../server/start.ts';
import { checkCells } from '../../surveys/aggregates/index.ts';
import { cellKey } from '../../surveys/aggregates/keys.ts';
import { type Response, ResponseModel } from '../../surveys/responses/model.ts';

/** What the event loop did meanwhile; milliseconds. */
export interface Turns {
  /** 99th percentile of the time by which a timer came late, and the worst. Others on the machine are in it. */
  delay: { p99: number; max: number };
  /** 99th percentile of the processor time of the turns in which there was work: no matter who else is busy. */
  work: number;
  /** How long it took in all. */
  took: number;
}

/** What a parent process is told, in this order. */
export type Message = { url: string } | Measured;

export interface Measured {
  /** Turns of `slice` milliseconds of work each and nothing else: what this machine makes of it at the moment. */
  spin: Turns;
  recount: Turns;
  check: Turns;
  /** Answers that no longer wait to be counted. */
  counted: number;
}

/** Milliseconds. */
export const slice = 8;

/**
 * A service with so many answers that nobody has counted yet: a third of them in one cell, the rest in many. Once its
 * parent says so, it counts them all, and then checks the count by another one; it serves until its parent speaks again.
 */
async function count(dataDir: string, answers: number): Promise<void> {
  const config = loadConfig({ DATA_DIR: dataDir, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'error' });
  const service = await startService(config, { schedule: false });
  await addResponses(answers);
  process.send?.({ url: service.url } satisfies Message);
  await told();

  const spin = await turnsDuring(() => spinFor(3_000));
  const recount = await turnsDuring(() => service.jobs?.drain());
  let differences: unknown[] = [];
  const check = await turnsDuring(async () => {
    differences = await checkCells();
  });
  if (differences.length > 0) throw new Error(`${differences.length} cells differ from a recount`);
  const counted = await ResponseModel.countDocuments({ dirty: false });
  process.send?.({ spin, recount, check, counted } satisfies Message);
  await told();
  await service.close();
  process.disconnect();
}

function told(): Promise<unknown> {
  return new Promise((resolve) => process.once('message', resolve));
}

async function addResponses(total: number): Promise<void> {
  const random = seededRandom(100);
  const oneOf = (many: number) => Math.floor(many * random());
  const answer = (n: number): Response => {
    const department = n % 3 === 0 ? 'burgerzaken' : `department-${oneOf(20)}`;
    const fields = {
      survey: 'customer-journey',
      version: 1,
      department,
      channel: n % 3 === 0 ? 'counter' : (['counter', 'phone', 'website'][oneOf(3)] ?? ''),
      mode: 'web',
      month: n % 3 === 0 ? '2026-01' : `2026-0${1 + oneOf(9)}`,
    };
    const answers = {
      overall: 1 + oneOf(10),
      ease: 1 + oneOf(5),
      treatment: 1 + oneOf(5),
      clarity: 1 + oneOf(5),
      comment: 'A comment of the usual length, about the counter and the waiting time.',
    };
    const _id = createHash('sha256').update(String(n)).digest('hex');
    return { _id, ...fields, cell: cellKey(fields), answers, derived: {}, rev: 1, dirty: true };
  };
  for (let from = 0; from < total; from += 5_000)
    await ResponseModel.insertMany(
      Array.from({ length: 5_000 }, (_, n) => answer(from + n)),
      { lean: true },
    );
}

async function spinFor(ms: number): Promise<void> {
  const end = performance.now() + ms;
  while (performance.now() < end) {
    const pause = performance.now() + slice;
    while (performance.now() < pause);
    await nextTurn();
  }
}

async function turnsDuring(action: () => Promise<unknown> | undefined): Promise<Turns> {
  const histogram = monitorEventLoopDelay({ resolution: 5 });
  const used: number[] = [];
  let last = process.cpuUsage();
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(last);
    used.push((user + system) / 1_000);
    last = process.cpuUsage();
  }, 1);
  const started = performance.now();
  histogram.enable();
  await action();
  histogram.disable();
  clearInterval(timer);
  return {
    delay: { p99: histogram.percentile(99) / 1e6, max: histogram.max / 1e6 },
    work: percentile(
      used.filter((ms) => ms > 1),
      0.99,
    ),
    took: performance.now() - started,
  };
}

function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length * share)] ?? 0;
}

const [, self, dataDir = '', answers] = process.argv;
if (self === fileURLToPath(import.meta.url)) void count(dataDir, Number(answers));
