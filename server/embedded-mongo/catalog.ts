import { fail } from './errors.ts';
import type { Index } from './keys.ts';
import { type Environment, listMeta, readMeta, recordAtEnd, wholeRange, writeMeta } from './storage.ts';

export interface Collection {
  id: number;
  namespace: string;
  count: number;
  nextRecord: number;
  indexes: Index[];
}

/** What is dropped: its records or its index entries still wait to be removed. */
export interface Garbage {
  kind: 'data' | 'idx';
  id: number;
}

/** The collections and their indexes, in memory and in `meta`. Changes are made within a write transaction. */
export class Catalog {
  readonly #env: Environment;
  #collections = new Map<string, Collection>();
  readonly #changed = new Set<Collection>();
  #nextId = 1;

  constructor(env: Environment) {
    this.#env = env;
    this.reload();
  }

  /** Reads everything anew: at start, and after a commit that failed. Keeps the objects of what stays. */
  reload(): void {
    const known = new Map<number, object>();
    for (const collection of this.#collections.values())
      for (const each of [collection, ...collection.indexes]) known.set(each.id, each);
    const renewed = <T extends { id: number }>(stored: T): T =>
      Object.assign(known.get(stored.id) ?? {}, stored);
    this.#collections.clear();
    this.#changed.clear();
    this.#nextId = readMeta<number>(this.#env, 'next') ?? 1;
    for (const stored of listMeta<Collection>(this.#env, 'c')) {
      const indexes = stored.indexes.map(renewed);
      const nextRecord = this.#lastRecord(stored.id) + 1;
      this.#collections.set(stored.namespace, renewed({ ...stored, indexes, nextRecord }));
    }
  }

  #lastRecord(id: number): number {
    const { start, end } = wholeRange(id);
    const [last] = this.#env.data.getKeys({ start: end, end: start, reverse: true, limit: 1 });
    return last?.subarray(0, 4).equals(start) ? recordAtEnd(last) : 0;
  }

  find(namespace: string): Collection | undefined {
    return this.#collections.get(namespace);
  }

  /** The collections of a database; without one, all. */
  list(database?: string): Collection[] {
    const isIn = ({ namespace }: Collection) =>
      database === undefined || namespace.startsWith(`${database}.`);
    return [...this.#collections.values()].filter(isIn);
  }

  #takeId(): number {
    const id = this.#nextId;
    this.#nextId += 1;
    writeMeta(this.#env, 'next', this.#nextId);
    return id;
  }

  create(namespace: string): Collection {
    if (!/^[^.$\0 /\\"]+\.[^$\0]+$/.test(namespace) || Buffer.byteLength(namespace) > 255)
      fail('InvalidNamespace', `Invalid namespace specified '${namespace}'`);
    const collection: Collection = { id: this.#takeId(), namespace, count: 0, nextRecord: 1, indexes: [] };
    this.#collections.set(namespace, collection);
    this.addIndex(collection, { name: '_id_', key: [['_id', 1]], unique: true, ready: true });
    return collection;
  }

  /** The collection, made when it isn't there: as MongoDB does on a first write. */
  findOrCreate(namespace: string): Collection {
    return this.find(namespace) ?? this.create(namespace);
  }

  addIndex(collection: Collection, spec: Pick<Index, 'name' | 'key' | 'unique' | 'ready'>): Index {
    const index: Index = { id: this.#takeId(), ...spec, multikey: false, clipped: false };
    collection.indexes = [...collection.indexes, index];
    this.changed(collection);
    return index;
  }

  dropIndex(collection: Collection, index: Index): void {
    collection.indexes = collection.indexes.filter((other) => other !== index);
    this.changed(collection);
    this.#discard({ kind: 'idx', id: index.id });
  }

  makeReady(collection: Collection): void {
    for (const index of collection.indexes) index.ready = true;
    this.changed(collection);
  }

  /** Drops the indexes whose building was broken off. */
  dropUnready(collection: Collection): void {
    for (const index of collection.indexes) if (!index.ready) this.dropIndex(collection, index);
  }

  drop(collection: Collection): void {
    this.#collections.delete(collection.namespace);
    writeMeta(this.#env, `c:${collection.namespace}`, undefined);
    this.#discard({ kind: 'data', id: collection.id });
    for (const index of collection.indexes) this.#discard({ kind: 'idx', id: index.id });
    // Work that still holds the collection finds it empty.
    Object.assign(collection, { indexes: [], count: 0 });
  }

  /** Whether the collection is still the one of its name: work that yielded asks before it writes on. */
  holds(collection: Collection): boolean {
    return this.#collections.get(collection.namespace) === collection;
  }

  #discard(garbage: Garbage): void {
    writeMeta(this.#env, `g:${garbage.kind}:${garbage.id}`, garbage);
  }

  garbage(): Garbage | undefined {
    return listMeta<Garbage>(this.#env, 'g')[0];
  }

  forget(garbage: Garbage): void {
    writeMeta(this.#env, `g:${garbage.kind}:${garbage.id}`, undefined);
  }

  /** Marks the collection's entry (its count, its indexes) to be written at the end of the transaction. */
  changed(collection: Collection): void {
    this.#changed.add(collection);
  }

  /** Writes what was marked; the last act of each transaction. */
  save(): void {
    for (const collection of this.#changed) {
      const { nextRecord: _, ...stored } = collection;
      if (this.holds(collection)) writeMeta(this.#env, `c:${collection.namespace}`, stored);
    }
    this.#changed.clear();
  }
}
