import type { Logger } from 'pino';
import { validator } from '../../schemas/validate.ts';
import { backoffDelay, type Random } from '../backoff.ts';
import { describeError } from '../describe-error.ts';
import type { Job, Queue, Registry } from './queue.ts';

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
  return {
    async add(name, payload, { id } = {}) {
      if (closed) throw new Error('The queue is closed.');
      lanes.get(name)?.add(payload, id);
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
  add(payload: unknown, id: string | undefined): void;
  start(): void;
  close(): Promise<void>;
}

interface Entry {
  /** As JSON, so that what works here also works when the queue is in another process. */
  payload: string;
  id: string | undefined;
  attempt: number;
}

function createLane<Payload>(job: Job<Payload>, { log, random }: Required<Options>): Lane {
  const parse = validator<Payload>(job.payload);
  const waiting: Entry[] = [];
  const known = new Set<string>();
  const running = new Set<Promise<void>>();
  const timers = new Set<NodeJS.Timeout>();
  let open = false;
  let closed = false;

  function fill() {
    while (open && !closed && running.size < job.concurrency) {
      const entry = waiting.shift();
      if (!entry) return;
      const run = attempt(entry).finally(() => {
        running.delete(run);
        fill();
      });
      running.add(run);
    }
  }

  async function attempt(entry: Entry): Promise<void> {
    const parsed = parse(JSON.parse(entry.payload));
    if (!parsed.ok) {
      log.error({ faults: parsed.faults }, 'job dropped: its payload does not fit its schema');
      return forget(entry);
    }
    try {
      await job.handle(parsed.value);
      forget(entry);
    } catch (error) {
      const again = entry.attempt < job.retry.attempts && !closed;
      log.error({ err: describeError(error), attempt: entry.attempt, again }, 'job failed');
      if (again) retry(entry);
      else forget(entry);
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

  function forget(entry: Entry) {
    if (entry.id !== undefined) known.delete(entry.id);
  }

  return {
    add(payload, id) {
      if (id !== undefined) {
        if (known.has(id)) return;
        known.add(id);
      }
      waiting.push({ payload: JSON.stringify(payload), id, attempt: 1 });
      fill();
    },
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
