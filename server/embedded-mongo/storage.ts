import { type Database, open, type RootDatabase } from 'lmdb';
import { StoreError } from './errors.ts';
import type { Index } from './index-keys.ts';

/** The version of the layout on disk; a directory with a higher one is refused. */
export const formatVersion = 1;

/**
 * The LMDB environment of one data directory.
 *
 * `meta`: the catalog as JSON (`format`, `c:<namespace>`, `g:<kind>:<id>` for what is dropped and not yet removed).
 * `data`: collection number (4 bytes), record number (6) -> the document as BSON. Natural order is record order.
 * `idx`:  index number (4 bytes), encoded key -> record number (6); in an index that isn't unique the record number
 *         is the end of the key and the value is one byte.
 */
export interface Environment {
  root: RootDatabase<Buffer, Buffer>;
  meta: Database<Buffer, Buffer>;
  data: Database<Buffer, Buffer>;
  idx: Database<Buffer, Buffer>;
}

export interface Collection {
  id: number;
  namespace: string;
  count: number;
  nextRecord: number;
  indexes: Index[];
}

const binary = { keyEncoding: 'binary', encoding: 'binary' } as const;

/**
 * How much address space is set aside for the file, in bytes. It costs nothing until it is used; growing the map instead
 * would keep the smaller ones in memory beside it.
 */
const addressSpace = 64 * 1024 ** 3;

/** Opens the files. Throws when they are no LMDB environment. */
export function openEnvironment(file: string): Environment {
  const root = open<Buffer, Buffer>({
    path: file,
    ...binary,
    maxDbs: 4,
    mapSize: addressSpace,
    // Plain commits: each one ends with fdatasync, and its promise settles after that.
    overlappingSync: false,
  });
  const named = (name: string): Database<Buffer, Buffer> => root.openDB<Buffer, Buffer>(name, binary);
  return { root, meta: named('meta'), data: named('data'), idx: named('idx') };
}

const recordBytes = 6;

export function dataKey(collection: number, record: number): Buffer {
  const key = Buffer.allocUnsafe(4 + recordBytes);
  key.writeUInt32BE(collection, 0);
  key.writeUIntBE(record, 4, recordBytes);
  return key;
}

export const recordOfDataKey = (key: Buffer): number => key.readUIntBE(4, recordBytes);

export function recordValue(record: number): Buffer {
  const value = Buffer.allocUnsafe(recordBytes);
  value.writeUIntBE(record, 0, recordBytes);
  return value;
}

/** The place of an encoded key (or the beginning of one) in `idx`. */
export function indexKey(index: number, key: Buffer, record?: number): Buffer {
  const bytes = Buffer.allocUnsafe(4 + key.length + (record === undefined ? 0 : recordBytes));
  bytes.writeUInt32BE(index, 0);
  bytes.set(key, 4);
  if (record !== undefined) bytes.writeUIntBE(record, 4 + key.length, recordBytes);
  return bytes;
}

export const recordOfIndexKey = (key: Buffer): number =>
  key.readUIntBE(key.length - recordBytes, recordBytes);
export const recordOfValue = (value: Buffer): number => value.readUIntBE(0, recordBytes);

const metaKey = (name: string): Buffer => Buffer.from(name, 'utf8');

function readMeta<T>(env: Environment, name: string): T | undefined {
  const value = env.meta.get(metaKey(name));
  return value === undefined ? undefined : (JSON.parse(value.toString('utf8')) as T);
}

/** Writes one entry of the catalog; within a transaction. */
function writeMeta(env: Environment, name: string, value: unknown): void {
  env.meta.putSync(metaKey(name), Buffer.from(JSON.stringify(value), 'utf8'));
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
    this.#checkFormat();
    this.reload();
  }

  #checkFormat(): void {
    const format = readMeta<{ version: number }>(this.#env, 'format');
    if (format === undefined) {
      if (this.#env.data.getKeysCount({ limit: 1 }) > 0) throw new Error('it has records but no format mark');
      this.#env.root.transactionSync(() => {
        writeMeta(this.#env, 'format', { version: formatVersion });
      });
    } else if (format.version > formatVersion) {
      throw new Error(
        `it was written by a newer version (format ${format.version}, this program reads up to ${formatVersion}); start the newer version`,
      );
    }
  }

  /** Reads everything anew: at start, and after a commit that failed. Keeps the objects of collections that stay. */
  reload(): void {
    const known = new Map([...this.#collections.values()].map((collection) => [collection.id, collection]));
    this.#collections = new Map();
    this.#changed.clear();
    this.#nextId = readMeta<number>(this.#env, 'next') ?? 1;
    for (const { key, value } of this.#env.meta.getRange({ start: metaKey('c:'), end: metaKey('c;') })) {
      const stored = JSON.parse(value.toString('utf8')) as Omit<Collection, 'nextRecord'>;
      const nextRecord = this.#lastRecord(stored.id) + 1;
      const collection = Object.assign(known.get(stored.id) ?? {}, { ...stored, nextRecord });
      this.#collections.set(key.toString('utf8').slice(2), collection);
    }
  }

  #lastRecord(id: number): number {
    const range = { start: dataKey(id + 1, 0), end: dataKey(id, 0), reverse: true, limit: 1 };
    for (const key of this.#env.data.getKeys(range)) {
      if (key.readUInt32BE(0) === id) return recordOfDataKey(key);
    }
    return 0;
  }

  find(namespace: string): Collection | undefined {
    return this.#collections.get(namespace);
  }

  list(database: string): Collection[] {
    return [...this.#collections.values()].filter(({ namespace }) => namespace.startsWith(`${database}.`));
  }

  #takeId(): number {
    const id = this.#nextId;
    this.#nextId += 1;
    writeMeta(this.#env, 'next', this.#nextId);
    return id;
  }

  create(namespace: string): Collection {
    const [database, ...rest] = namespace.split('.');
    const name = rest.join('.');
    if (
      !database ||
      name === '' ||
      name.includes('$') ||
      namespace.includes('\0') ||
      Buffer.byteLength(namespace) > 255
    ) {
      throw new StoreError('InvalidNamespace', `Invalid namespace specified '${namespace}'`);
    }
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

  drop(collection: Collection): void {
    this.#collections.delete(collection.namespace);
    this.#changed.delete(collection);
    this.#env.meta.removeSync(metaKey(`c:${collection.namespace}`));
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

  garbage(): Garbage[] {
    const range = this.#env.meta.getRange({ start: metaKey('g:'), end: metaKey('g;') });
    return [...range.map(({ value }) => JSON.parse(value.toString('utf8')) as Garbage)];
  }

  forget(garbage: Garbage): void {
    this.#env.meta.removeSync(metaKey(`g:${garbage.kind}:${garbage.id}`));
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
