import { Cursors } from './cursors.ts';
import { Records } from './records.ts';
import { Catalog, dataKey, type Environment, type Garbage, indexKey, openEnvironment } from './storage.ts';
import { runInSlices, sliceSpent, type Work } from './work.ts';
import { WriteQueue } from './write-queue.ts';

/** What the commands work on: the open files of one data directory and what runs on them. */
export interface Engine {
  env: Environment;
  catalog: Catalog;
  records: Records;
  cursors: Cursors;
  write<T>(work: Work<T>, deadline: number): Promise<T>;
  read<T>(work: Work<T>, deadline: number): Promise<T>;
  /** Starts removing what was dropped, in the background. */
  sweep(): void;
  close(): Promise<void>;
}

const noBytes = Buffer.alloc(0);
const sweptAtOnce = 128;

/** Removes the records or index entries of what was dropped, a few at a time. */
function* removeGarbage(env: Environment, catalog: Catalog, garbage: Garbage): Work<void> {
  const store = garbage.kind === 'data' ? env.data : env.idx;
  const [start, end] =
    garbage.kind === 'data'
      ? [dataKey(garbage.id, 0), dataKey(garbage.id + 1, 0)]
      : [indexKey(garbage.id, noBytes), indexKey(garbage.id + 1, noBytes)];
  for (;;) {
    const keys = [...store.getKeys({ start, end, limit: sweptAtOnce })];
    for (const key of keys) store.removeSync(key);
    if (keys.length < sweptAtOnce) break;
    for (let i = 0; i < 16; i += 1) if (sliceSpent()) yield;
  }
  catalog.forget(garbage);
}

/** Opens the files of a data directory. Throws when they are damaged or of a newer format. */
export function openEngine(file: string): Engine {
  const env = openEnvironment(file);
  const catalog = new Catalog(env);
  const records = new Records(env, catalog);
  const queue = new WriteQueue(env, catalog);
  const cursors = new Cursors();
  let sweeping = false;
  let closed = false;

  async function sweepAll(): Promise<void> {
    for (;;) {
      env.root.resetReadTxn();
      const [garbage] = catalog.garbage();
      if (garbage === undefined || closed) return;
      await queue.run(removeGarbage(env, catalog, garbage));
    }
  }

  const engine: Engine = {
    env,
    catalog,
    records,
    cursors,
    write: (work, deadline) => queue.run(work, deadline),
    read: (work, deadline) => runInSlices(work, () => env.root.resetReadTxn(), deadline),
    sweep() {
      // What can't be removed now (a full disk) is found again at the next drop or start.
      if (sweeping) return;
      sweeping = true;
      sweepAll()
        .catch(() => undefined)
        .finally(() => {
          sweeping = false;
        });
    },
    async close() {
      closed = true;
      cursors.close();
      await queue.close();
      await env.root.close();
    },
  };
  engine.sweep();
  return engine;
}
