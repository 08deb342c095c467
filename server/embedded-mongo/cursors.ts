import { randomBytes } from 'node:crypto';
import { StoreError } from './errors.ts';
import type { Work } from './work.ts';

/** Where documents come from, batch by batch. */
export interface Source {
  /** Up to `count` documents and about `bytes` bytes (one document at least). */
  pull(count: number, bytes: number): Work<Buffer[]>;
  /** Whether nothing is left; may only become true after a pull. */
  readonly exhausted: boolean;
}

interface OpenCursor {
  namespace: string;
  source: Source;
  lastUsed: number;
}

/** MongoDB's default: a cursor nobody asked for ten minutes is closed. */
const idleMs = 10 * 60 * 1000;

/** The cursors that have more to give. They hold a place, not a transaction. */
export class Cursors {
  readonly #open = new Map<bigint, OpenCursor>();
  readonly #sweeper: NodeJS.Timeout;

  constructor() {
    this.#sweeper = setInterval(() => this.#closeIdle(), 60_000).unref();
  }

  add(namespace: string, source: Source): bigint {
    const id = randomBytes(8).readBigInt64LE() & 0x7fff_ffff_ffff_ffffn;
    this.#open.set(id, { namespace, source, lastUsed: performance.now() });
    return id;
  }

  find(id: bigint, namespace: string): Source {
    const cursor = this.#open.get(id);
    if (cursor === undefined || cursor.namespace !== namespace) {
      throw new StoreError('CursorNotFound', `cursor id ${id} not found`);
    }
    cursor.lastUsed = performance.now();
    return cursor.source;
  }

  /** Whether there was such a cursor. */
  remove(id: bigint): boolean {
    return this.#open.delete(id);
  }

  #closeIdle(): void {
    const oldest = performance.now() - idleMs;
    for (const [id, cursor] of this.#open) if (cursor.lastUsed < oldest) this.#open.delete(id);
  }

  close(): void {
    clearInterval(this.#sweeper);
    this.#open.clear();
  }
}
