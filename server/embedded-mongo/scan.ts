import type { Interval, Plan } from './plan.ts';
import {
  type Collection,
  dataKey,
  type Environment,
  indexKey,
  recordOfDataKey,
  recordOfIndexKey,
  recordOfValue,
} from './storage.ts';

export interface StoredRecord {
  record: number;
  raw: Buffer;
}

const firstChunk = 16;
const largestChunk = 256;

/**
 * Goes through the documents of a plan. It reads in chunks and remembers the last key, never an open transaction: it
 * goes on rightly whatever was written in between. A document that is removed before its turn is left out.
 */
export class Scan {
  keysExamined = 0;
  docsExamined = 0;
  readonly #env: Environment;
  readonly #collection: Collection;
  readonly #plan: Plan;
  readonly #intervals: Interval[];
  #interval = 0;
  #last: Buffer | undefined;
  #chunk: StoredRecord[] = [];
  #place = 0;
  #size = firstChunk;
  #done = false;
  readonly #seen: Set<number> | undefined;

  constructor(env: Environment, collection: Collection, plan: Plan) {
    this.#env = env;
    this.#collection = collection;
    this.#plan = plan;
    if (plan.stage === 'COLLSCAN') {
      this.#intervals = [{ low: dataKey(collection.id, 0), high: dataKey(collection.id + 1, 0) }];
    } else {
      const { id, multikey } = plan.index;
      // An array has several keys, and the interval of "a" holds the keys of "a\0" as well.
      this.#seen = multikey || plan.intervals.length > 1 ? new Set() : undefined;
      const intervals = plan.intervals.map(({ low, high }) => ({
        low: indexKey(id, low),
        high: indexKey(id, high),
      }));
      this.#intervals = plan.reverse ? intervals.reverse() : intervals;
    }
  }

  /** The next document, undefined at the end. */
  next(): StoredRecord | undefined {
    while (this.#place >= this.#chunk.length) {
      if (this.#done) return undefined;
      this.#fill();
    }
    const found = this.#chunk[this.#place];
    this.#place += 1;
    return found;
  }

  #fill(): void {
    const interval = this.#intervals[this.#interval];
    this.#chunk = [];
    this.#place = 0;
    if (interval === undefined) {
      this.#done = true;
      return;
    }
    const isData = this.#plan.stage === 'COLLSCAN';
    const store = isData ? this.#env.data : this.#env.idx;
    let read = 0;
    for (const { key, value } of store.getRange(this.#range(interval))) {
      read += 1;
      this.#last = key;
      if (isData) this.#add(recordOfDataKey(key), value);
      else this.#addIndexed(key, value);
    }
    if (read < this.#size) {
      this.#interval += 1;
      this.#last = undefined;
    }
    this.#size = Math.min(this.#size * 2, largestChunk);
  }

  #range({ low, high }: Interval): object {
    const limit = this.#size;
    if (!this.#plan.reverse) {
      return { start: this.#last ?? low, exclusiveStart: this.#last !== undefined, end: high, limit };
    }
    return {
      reverse: true,
      start: this.#last ?? high,
      exclusiveStart: true,
      end: low,
      inclusiveEnd: true,
      limit,
    };
  }

  #addIndexed(key: Buffer, value: Buffer): void {
    const unique = this.#plan.stage === 'IXSCAN' && this.#plan.index.unique;
    const record = unique ? recordOfValue(value) : recordOfIndexKey(key);
    this.keysExamined += 1;
    if (this.#seen?.has(record)) return;
    this.#seen?.add(record);
    const raw = this.#env.data.get(dataKey(this.#collection.id, record));
    if (raw !== undefined) this.#add(record, raw);
  }

  #add(record: number, raw: Buffer): void {
    this.docsExamined += 1;
    this.#chunk.push({ record, raw });
  }
}
