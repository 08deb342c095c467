import Bull from 'bull';
import type { Logger } from 'pino';
import type { Random } from '../backoff.ts';
import { startWorker, type Worker } from './bull-worker.ts';
import { type JobCounts, type Queue, QueueUnavailable, type Registry } from './queue.ts';
import { type RedisLink, whenReady } from './redis.ts';
import { within } from './within.ts';

interface Options {
  redis: RedisLink;
  /** What the keys of this installation begin with. */
  prefix: string;
  log: Logger;
  random?: Random;
}

/** Milliseconds: how long `add` and `counts` may take, and how long a close waits for Redis. */
const patience = 2_000;

/**
 * The queue of several processes: jobs wait in Redis, in a Bull queue for each kind, so that one kind that fails or
 * is slow leaves the others alone, and a worker of an older version leaves alone what it does not know.
 *
 * Bull gives a job to another worker when its own has not been heard of for 30 seconds, dead or not; handlers bear that.
 */
export function createBullQueue<Payloads>(
  registry: Registry<Payloads>,
  { redis, prefix, log, random = Math.random }: Options,
): Queue<Payloads> {
  const queues = new Map<string, Bull.Queue>();
  const workers: Worker[] = [];
  for (const name in registry) queues.set(name, openBullQueue(name, { redis, prefix }));
  let closed = false;

  async function ask<T>(name: string, act: (queue: Bull.Queue) => Promise<T>): Promise<T> {
    if (closed) throw new Error('The queue is closed.');
    const queue = queues.get(name);
    if (!queue) throw new Error(`There is no job named ${name}.`);
    if (!(await whenReady(redis.client, patience))) throw new QueueUnavailable();
    try {
      return await within(patience, act(queue));
    } catch (error) {
      redis.failed(error);
      throw new QueueUnavailable('The queue does not answer.', { cause: error });
    }
  }

  return {
    async add(name, payload) {
      const { retry, retention } = registry[name];
      await ask(name, (queue) =>
        queue.add(name, payload, {
          attempts: retry.attempts,
          backoff: { type: 'growing', options: retry },
          removeOnComplete: retention.completed,
          removeOnFail: retention.failed,
        }),
      );
    },
    counts: (name) => ask(name, countsOf),
    start() {
      const subscriber = redis.connect();
      for (const name in registry) {
        const options = { redis, subscriber, prefix, log: log.child({ job: name }), random };
        workers.push(startWorker(name, registry[name], options));
      }
      void reportUnknown(Object.keys(registry), { redis, prefix, log });
    },
    async close() {
      closed = true;
      await Promise.all(workers.map((worker) => worker.close()));
      redis.close();
    },
  };
}

/** A queue as Bull has it, for looking and adding only, over the shared connection. */
export function openBullQueue(
  name: string,
  { redis, prefix }: { redis: RedisLink; prefix: string },
): Bull.Queue {
  return new Bull(name, { prefix, createClient: () => redis.client });
}

async function countsOf(queue: Bull.Queue): Promise<JobCounts> {
  const { waiting, delayed, active, failed } = await queue.getJobCounts();
  return { waiting, delayed, running: active, failed };
}

/** Jobs of kinds that another version of the program left stay where they are, and are told of. */
async function reportUnknown(
  known: string[],
  { redis: { client, failed }, prefix, log }: Pick<Options, 'redis' | 'prefix' | 'log'>,
): Promise<void> {
  try {
    const kinds = `${prefix}:kinds`;
    await client.sadd(kinds, ...known);
    for (const name of await client.smembers(kinds)) {
      if (known.includes(name)) continue;
      const waiting = await client.llen(`${prefix}:${name}:wait`);
      if (waiting > 0)
        log.warn({ kind: name.slice(0, 64), waiting }, 'jobs of an unknown kind are kept, unhandled');
    }
  } catch (error) {
    failed(error);
  }
}
