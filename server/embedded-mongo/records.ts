import { readFields } from './bson/read.ts';
import { type Document, setField, type Value } from './bson/values.ts';
import { StoreError } from './errors.ts';
import { type Index, type IndexKeys, keysOf } from './index-keys.ts';
import { valuesAt } from './paths.ts';
import {
  type Catalog,
  type Collection,
  dataKey,
  type Environment,
  indexKey,
  recordOfValue,
  recordValue,
} from './storage.ts';

/**
 * Inserts, replaces and removes single documents together with their index entries. Everything is checked before the
 * first byte is written, so an error leaves nothing half done. All of it runs within a write transaction.
 */
export class Records {
  readonly #env: Environment;
  readonly #catalog: Catalog;

  constructor(env: Environment, catalog: Catalog) {
    this.#env = env;
    this.#catalog = catalog;
  }

  read(collection: Collection, record: number): Buffer | undefined {
    return this.#env.data.get(dataKey(collection.id, record));
  }

  insert(collection: Collection, raw: Buffer): number {
    const entries = this.#entries(collection, raw);
    const record = collection.nextRecord;
    for (const { index, keys } of entries) this.#checkUnique(collection, index, keys, record, raw);
    collection.nextRecord += 1;
    collection.count += 1;
    this.#env.data.putSync(dataKey(collection.id, record), raw);
    for (const { index, keys } of entries) for (const key of keys) this.#putKey(index, key, record);
    this.#catalog.changed(collection);
    return record;
  }

  replace(collection: Collection, record: number, before: Buffer, after: Buffer): void {
    const old = this.#entries(collection, before, false);
    const changes = this.#entries(collection, after).map(({ index, keys }, i) => {
      const oldKeys = old[i]?.keys ?? [];
      const isIn = (list: Buffer[], key: Buffer) => list.some((other) => other.equals(key));
      return {
        index,
        added: keys.filter((key) => !isIn(oldKeys, key)),
        removed: oldKeys.filter((key) => !isIn(keys, key)),
      };
    });
    for (const { index, added } of changes) this.#checkUnique(collection, index, added, record, after);
    this.#env.data.putSync(dataKey(collection.id, record), after);
    for (const { index, added, removed } of changes) {
      for (const key of removed) this.#removeKey(index, key, record);
      for (const key of added) this.#putKey(index, key, record);
    }
  }

  remove(collection: Collection, record: number, raw: Buffer): void {
    const entries = this.#entries(collection, raw, false);
    this.#env.data.removeSync(dataKey(collection.id, record));
    for (const { index, keys } of entries) for (const key of keys) this.#removeKey(index, key, record);
    collection.count -= 1;
    this.#catalog.changed(collection);
  }

  /** Adds an existing document to an index that is being built. */
  addToIndex(collection: Collection, index: Index, record: number, raw: Buffer): void {
    const { keys } = this.#entryOf(collection, index, readFields(raw, fieldsOf([index])), true);
    this.#checkUnique(collection, index, keys, record, raw);
    for (const key of keys) this.#putKey(index, key, record);
  }

  #entries(collection: Collection, raw: Buffer, note = true): { index: Index; keys: Buffer[] }[] {
    const document = readFields(raw, fieldsOf(collection.indexes));
    return collection.indexes.map((index) => this.#entryOf(collection, index, document, note));
  }

  #entryOf(
    collection: Collection,
    index: Index,
    document: Document,
    note: boolean,
  ): { index: Index; keys: Buffer[] } {
    const entry: IndexKeys = keysOf(document, index);
    if (note && ((entry.multikey && !index.multikey) || (entry.clipped && !index.clipped))) {
      index.multikey ||= entry.multikey;
      index.clipped ||= entry.clipped;
      this.#catalog.changed(collection);
    }
    return { index, keys: entry.keys };
  }

  #checkUnique(collection: Collection, index: Index, keys: Buffer[], record: number, raw: Buffer): void {
    if (!index.unique) return;
    for (const key of keys) {
      const holder = this.#env.idx.get(indexKey(index.id, key));
      if (holder !== undefined && recordOfValue(holder) !== record)
        throw duplicateKey(collection, index, raw);
    }
  }

  #putKey(index: Index, key: Buffer, record: number): void {
    if (index.unique) this.#env.idx.putSync(indexKey(index.id, key), recordValue(record));
    else this.#env.idx.putSync(indexKey(index.id, key, record), present);
  }

  #removeKey(index: Index, key: Buffer, record: number): void {
    if (!index.unique) this.#env.idx.removeSync(indexKey(index.id, key, record));
    else {
      const holder = this.#env.idx.get(indexKey(index.id, key));
      if (holder !== undefined && recordOfValue(holder) === record)
        this.#env.idx.removeSync(indexKey(index.id, key));
    }
  }
}

const present = Buffer.from([1]);

const fieldSets = new WeakMap<Index[], ReadonlySet<string>>();

/** The top-level fields the indexes need. */
export function fieldsOf(indexes: Index[]): ReadonlySet<string> {
  const known = fieldSets.get(indexes);
  if (known !== undefined) return known;
  const fields = new Set(
    indexes.flatMap((index) => index.key.map(([path]) => path.split('.', 1)[0] as string)),
  );
  fieldSets.set(indexes, fields);
  return fields;
}

function duplicateKey(collection: Collection, index: Index, raw: Buffer): StoreError {
  const document = readFields(raw, fieldsOf([index]));
  const keyValue: Document = {};
  const keyPattern: Document = {};
  for (const [path, direction] of index.key) {
    const values = valuesAt(document, path.split('.'));
    const value: Value = values.length > 1 ? values.map((each) => each ?? null) : (values[0] ?? null);
    setField(keyValue, path, value);
    setField(keyPattern, path, direction);
  }
  const shown = Object.entries(keyValue).map(
    ([path, value]) => `${path}: ${JSON.stringify(value, longAsText)}`,
  );
  return new StoreError(
    'DuplicateKey',
    `E11000 duplicate key error collection: ${collection.namespace} index: ${index.name} dup key: { ${shown.join(', ')} }`,
    { keyPattern, keyValue },
  );
}

const longAsText = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : value;
