import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Catalog } from './catalog.ts';
import { StoreError } from './errors.ts';
import type { Environment } from './storage.ts';
import { checkDeadline, startSlice, type Work } from './work.ts';

interface Job {
  work: Work<unknown>;
  deadline: number;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** What LMDB throws when a commit fails: it says why in a second promise. */
interface CommitFailure extends Error {
  commitError?: Promise<never>;
}

/** With less than this, in bytes, a disk is full. */
const littleSpace = 1024 * 1024;

/** How long one transaction may take in work, in ms: all that is waiting joins it, up to this. */
const transactionMs = 24;

/**
 * All writes, one transaction after the other. Whatever waits when a transaction starts goes into it and is committed
 * by one fdatasync; only then is it answered. Work that needs longer yields and goes on in the next transaction.
 */
export class WriteQueue {
  readonly #env: Environment;
  readonly #catalog: Catalog;
  #waiting: Job[] = [];
  #running: Promise<void> | undefined;
  #closed = false;

  constructor(env: Environment, catalog: Catalog) {
    this.#env = env;
    this.#catalog = catalog;
  }

  /** Settles when the work is done and on disk. `deadline` is a `performance.now()` time. */
  async run<T>(work: Work<T>, deadline = Number.POSITIVE_INFINITY): Promise<T> {
    if (this.#closed) throw new StoreError('ShutdownInProgress', 'the store is closing');
    const done = new Promise<T>((resolve, reject) => {
      this.#waiting.push({ work, deadline, resolve: resolve as (value: unknown) => void, reject });
    });
    this.#running ??= this.#drain().finally(() => {
      this.#running = undefined;
    });
    return done;
  }

  /** Refuses new work and waits for the rest. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const outcomes: (() => void)[] = [];
      const taken: Job[] = [];
      try {
        // A child transaction can be undone as a whole; a throw within a plain one would be committed half done.
        await this.#env.root.childTransaction(() => {
          this.#turn(taken, outcomes);
          this.#catalog.save();
        });
        for (const answer of outcomes) answer();
      } catch (error) {
        // Nothing of this transaction is on disk: neither what was done nor the parts of what was to go on.
        this.#catalog.reload();
        const reason = await this.#reasonOf(error as CommitFailure);
        for (const job of taken) job.reject(reason);
        this.#waiting = this.#waiting.filter((job) => !taken.includes(job));
      }
    }
  }

  /** Works off what waits until the time is up. `taken` gets all jobs that were touched. */
  #turn(taken: Job[], outcomes: (() => void)[]): void {
    const end = performance.now() + transactionMs;
    const unfinished: Job[] = [];
    while (this.#waiting.length > 0 && performance.now() < end) {
      const job = this.#waiting.shift() as Job;
      taken.push(job);
      startSlice();
      try {
        const step = job.work.next();
        if (step.done) outcomes.push(() => job.resolve(step.value));
        else {
          checkDeadline(job.work, job.deadline);
          unfinished.push(job);
        }
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        outcomes.push(() => job.reject(error));
      }
    }
    this.#waiting.push(...unfinished);
  }

  /** What the system said, for the clients. LMDB takes a write that came short on a full disk for an I/O error. */
  async #reasonOf({ commitError, message }: CommitFailure): Promise<StoreError> {
    const cause = (await commitError?.catch((reason: Error) => reason.message)) ?? message;
    const { bavail, bsize } = statfsSync(dirname(this.#env.path));
    const isFull = /no space|MAP_FULL/i.test(cause) || bavail * bsize < littleSpace;
    return new StoreError(isFull ? 'OutOfDiskSpace' : 'InternalError', `nothing was written: ${cause}`);
  }
}
