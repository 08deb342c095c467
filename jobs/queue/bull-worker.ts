import Bull from 'bull';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { backoffDelay, type Random } from '../backoff.ts';
import { describeError } from '../describe-error.ts';
import type { Job } from './queue.ts';
import { type RedisLink, whenReady } from './redis.ts';
import { createRunner, UnfitPayload } from './runner.ts';
import { within } from './within.ts';

interface Options {
  redis: RedisLink;
  /** Hears of delayed jobs. */
  subscriber: Redis;
  prefix: string;
  log: Logger;
  random: Random;
}

/** Milliseconds: between two looks whether Redis is there, and how long a close waits for it. */
const patience = 2_000;

export interface Worker {
  /** Takes no more jobs and resolves when those that run have ended, whether Redis is told or not. */
  close(): Promise<void>;
}

/** Runs the jobs of one kind that wait in Redis, from the moment it can be reached. */
export function startWorker<Payload>(
  name: string,
  job: Job<Payload>,
  { redis, subscriber, prefix, log, random }: Options,
): Worker {
  const run = createRunner(job);
  const running = new Set<Promise<void>>();
  const blocking = redis.connect();
  let bull: Bull.Queue | undefined;
  let closed = false;

  async function begin(): Promise<void> {
    // What Bull does first it does unheard, so it gets connections that are there.
    for (const connection of [redis.client, blocking, subscriber]) {
      while (!closed && !(await whenReady(connection, patience)));
    }
    if (closed) return;
    const clients = { client: redis.client, bclient: blocking, subscriber };
    bull = new Bull(name, {
      prefix,
      createClient: (type) => clients[type],
      settings: {
        retryProcessDelay: 1_000,
        backoffStrategies: { growing: (attempt) => backoffDelay(attempt, job.retry, random) },
      },
    });
    bull.on('error', redis.failed);
    bull.on('failed', ({ id, name: given, attemptsMade: attempt }, error) => {
      if (error instanceof ToldFailure) return;
      log.error({ id, given: given.slice(0, 64), attempt, err: describeError(error) }, 'job kept unhandled');
    });
    void bull.process(name, job.concurrency, track).catch(redis.failed);
  }

  function track(entry: Bull.Job): Promise<void> {
    const attempt = handle(entry).finally(() => running.delete(attempt));
    running.add(attempt);
    return attempt;
  }

  async function handle(entry: Bull.Job): Promise<void> {
    const attempt = entry.attemptsMade + 1;
    try {
      await run(entry.data);
    } catch (error) {
      if (error instanceof UnfitPayload) {
        await entry.discard();
        log.error({ id: entry.id, faults: error.faults }, 'job kept: its payload does not fit its schema');
      } else {
        const again = attempt < job.retry.attempts;
        log.error({ id: entry.id, attempt, again, err: describeError(error) }, 'job failed');
      }
      throw new ToldFailure(error);
    }
  }

  const begun = begin().catch(redis.failed);
  return {
    async close() {
      closed = true;
      await begun;
      // To get out of its blocking command Bull ends the connection and begins another, which would outlive it.
      blocking.connect = () => Promise.resolve();
      const stopped = bull?.close().catch(redis.failed);
      await Promise.all(running);
      await within(patience, Promise.resolve(stopped)).catch(() => undefined);
    },
  };
}

/**
 * What is told to Redis of a failure that the log has told: no messages of libraries, since they quote the values that
 * they choke on.
 */
class ToldFailure extends Error {
  constructor(cause: unknown) {
    const { name, code, at } = describeError(cause);
    super([name, code].filter(Boolean).join(' '));
    this.name = 'ToldFailure';
    this.stack = [this.message, ...(Array.isArray(at) ? at : [])].join('\n');
  }
}
