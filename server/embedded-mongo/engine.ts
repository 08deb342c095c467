import { renameSync } from 'node:fs';
import { Catalog, type Garbage } from './catalog.ts';
import { type Cursors, closeIdleCursors } from './cursors.ts';
import type { Files } from './records.ts';
import { type Environment, openEnvironment, wholeRange } from './storage.ts';
import { runInSlices, sliceSpent, type Work } from './work.ts';
import { WriteQueue } from './write-queue.ts';

const sweptAtOnce = 128;

/** Gives a way to run actions one after the other. */
function oneAtATime() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(action: () => Promise<T>): Promise<T> => {
    const next = last.then(action, action);
    last = next;
    return next;
  };
}

/** What the commands work on: the open file of a store, what writes to it, and the cursors on it. */
export class Engine implements Files {
  readonly path: string;
  readonly cursors: Cursors = new Map();
  /** For what builds indexes: one that is not ready was broken off, unless its builder is at work. */
  readonly building = oneAtATime();
  readonly restoring = oneAtATime();
  env!: Environment;
  catalog!: Catalog;
  #queue!: WriteQueue;
  #isOpen = false;
  #sweeping = false;
  #active = 0;
  #whenIdle: (() => void) | undefined;
  #exchange: Promise<void> | undefined;
  readonly #onRestore: () => void;
  readonly #timer: NodeJS.Timeout;

  /** Opens the file, which is made when it isn't there. Throws when it is damaged or of a newer format. */
  constructor(path: string, onRestore: () => void = () => undefined) {
    this.path = path;
    this.#onRestore = onRestore;
    this.#open();
    this.#timer = setInterval(() => closeIdleCursors(this.cursors), 60_000).unref();
  }

  #open(): void {
    this.env = openEnvironment(this.path);
    this.catalog = new Catalog(this.env);
    if (this.catalog.list().some(({ indexes }) => indexes.some(({ ready }) => !ready))) {
      this.env.root.transactionSync(() => {
        for (const collection of this.catalog.list()) this.catalog.dropUnready(collection);
        this.catalog.save();
      });
    }
    this.#queue = new WriteQueue(this.env, this.catalog);
    this.#isOpen = true;
  }

  async #close(): Promise<void> {
    this.#isOpen = false;
    await this.#queue.close();
    await this.env.root.close();
  }

  /** Runs a command; while the file is being exchanged, it waits. */
  async run<T>(command: () => Promise<T>): Promise<T> {
    while (this.#exchange) await this.#exchange;
    this.#active += 1;
    try {
      return await command();
    } finally {
      this.#active -= 1;
      if (this.#active === 0) this.#whenIdle?.();
    }
  }

  /**
   * Puts another file, which must lie beside the store's and be checked, in the place of the store's file: when the
   * running commands are done, and before the waiting ones go on. It isn't called within `run`.
   */
  async exchangeFile(checked: string): Promise<void> {
    let finish = (): void => undefined;
    this.#exchange = new Promise((resolve) => {
      finish = resolve;
    });
    const idle = new Promise<void>((resolve) => {
      this.#whenIdle = resolve;
    });
    try {
      if (this.#active > 0) await idle;
      await this.#close();
      this.cursors.clear();
      try {
        renameSync(checked, this.path);
      } finally {
        this.#open();
      }
      this.#onRestore();
    } finally {
      this.#whenIdle = undefined;
      this.#exchange = undefined;
      finish();
    }
    this.sweep();
  }

  /** Settles when the work is done and on disk. `deadline` is a `performance.now()` time. */
  write<T>(work: Work<T>, deadline?: number): Promise<T> {
    return this.#queue.run(work, deadline);
  }

  read<T>(work: Work<T>, deadline?: number): Promise<T> {
    return runInSlices(work, () => this.env.root.resetReadTxn(), deadline);
  }

  /** Starts removing what was dropped, in the background. What can't be removed now is found again the next time. */
  sweep(): void {
    if (this.#sweeping) return;
    this.#sweeping = true;
    this.#sweepAll()
      .catch(() => undefined)
      .finally(() => {
        this.#sweeping = false;
      });
  }

  async #sweepAll(): Promise<void> {
    while (this.#isOpen) {
      this.env.root.resetReadTxn();
      const garbage = this.catalog.garbage();
      if (garbage === undefined) return;
      await this.write(this.#remove(garbage));
    }
  }

  *#remove(garbage: Garbage): Work<void> {
    const store = this.env[garbage.kind];
    while (this.#isOpen) {
      const keys = [...store.getKeys({ ...wholeRange(garbage.id), limit: sweptAtOnce })];
      for (const key of keys) store.removeSync(key);
      if (keys.length < sweptAtOnce) return this.catalog.forget(garbage);
      if (sliceSpent(true)) yield;
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.restoring(() => this.#close());
  }
}
