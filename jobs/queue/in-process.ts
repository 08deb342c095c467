import type { Logger } from 'pino';
import { backoffDelay, type Random } from '../backoff.ts';
import { describeError } from '../describe-error.ts';
import type { Job, JobCounts, Queue, Registry } from './queue.ts';
import { createRunner, UnfitPayload } from './runner.ts';

interface Options {
  log: Logger;
  random?: Random;
}

/** The queue of one machine: jobs wait in memory and run in this process. */
export function createInProcessQueue<Payloads>(
  registry: Registry<Payloads>,
  { log, random = Math.random }: Options,
): Queue<Payloads> {
  const lanes = new Map<string, Lane>();
  for (const name in registry) {
    lanes.set(name, createLane(registry[name], { log: log.child({ job: name }), random }));
  }
  let closed = false;

  function laneOf(name: string): Lane {
    const lane = lanes.get(name);
    if (!lane) throw new Error(`There is no job named ${name}.`);
    return lane;
  }

  return {
    async add(name, payload) {
      if (closed) throw new Error('The queue is closed.');
      laneOf(name).add(payload);
    },
    async counts(name) {
      return laneOf(name).counts();
    },
    start() {
      for (const lane of lanes.values()) lane.start();
    },
    async close() {
      closed = true;
      await Promise.all([...lanes.values()].map((lane) => lane.close()));
    },
  };
}

/** The jobs of one kind: one kind that fails or is slow leaves the others alone. */
interface Lane {
  add(payload: unknown): void;
  counts(): JobCounts;
  start(): void;
  close(): Promise<void>;
}

interface Entry {
  /** As JSON, so that what works here also works when the queue is in another process. */
  payload: string;
  attempt: number;
}

function createLane<Payload>(job: Job<Payload>, { log, random }: Required<Options>): Lane {
  const run = createRunner(job);
  const waiting: Entry[] = [];
  const running = new Set<Promise<void>>();
  const timers = new Set<NodeJS.Timeout>();
  let failed = 0;
  let open = false;
  let closed = false;

  function fill() {
    while (open && !closed && running.size < job.concurrency) {
      const entry = waiting.shift();
      if (!entry) return;
      const attempted = attempt(entry).finally(() => {
        running.delete(attempted);
        fill();
      });
      running.add(attempted);
    }
  }

  async function attempt(entry: Entry): Promise<void> {
    try {
      await run(JSON.parse(entry.payload));
    } catch (error) {
      if (error instanceof UnfitPayload) {
        failed += 1;
        return log.error({ faults: error.faults }, 'job dropped: its payload does not fit its schema');
      }
      const again = entry.attempt < job.retry.attempts && !closed;
      log.error({ err: describeError(error), attempt: entry.attempt, again }, 'job failed');
      if (again) retry(entry);
      else failed += 1;
    }
  }

  function retry(entry: Entry) {
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        waiting.push({ ...entry, attempt: entry.attempt + 1 });
        fill();
      },
      backoffDelay(entry.attempt, job.retry, random),
    );
    timers.add(timer);
  }

  return {
    add(payload) {
      waiting.push({ payload: JSON.stringify(payload), attempt: 1 });
      fill();
    },
    counts: () => ({ waiting: waiting.length, delayed: timers.size, running: running.size, failed }),
    start() {
      open = true;
      fill();
    },
    async close() {
      closed = true;
      waiting.length = 0;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      await Promise.all(running);
    },
  };
}
