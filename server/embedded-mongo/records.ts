import { type Document, numberOf, setField, storable, type Value } from './bson.ts';
import type { Catalog, Collection } from './catalog.ts';
import { fail } from './errors.ts';
import { firstPart, type Index, keysOf } from './keys.ts';
import { type Environment, placeOf, recordAtEnd, recordBytes } from './storage.ts';
import { valuesAt } from './values.ts';

export interface Files {
  env: Environment;
  catalog: Catalog;
}

const present = Buffer.from([1]);
const none: ReadonlySet<string> = new Set<string>();

/** The stored bytes of a record. */
export function readRecord({ env }: Files, collection: Collection, record: number): Buffer | undefined {
  return env.data.get(placeOf(collection.id, recordBytes(record)));
}

/** Stores a new document. Throws before the first byte is written when it can't be stored. */
export function insertRecord(files: Files, collection: Collection, document: Document): void {
  const raw = storable(document);
  changeEntries(files, collection, collection.indexes, collection.nextRecord, undefined, document);
  files.env.data.putSync(placeOf(collection.id, recordBytes(collection.nextRecord)), raw);
  collection.nextRecord += 1;
  collection.count += 1;
}

/**
 * Stores a document in place of another: `raw` are its bytes. `touched` are the top-level fields in which the two may
 * differ; undefined for all. Throws before the first byte is written.
 */
export function replaceRecord(
  files: Files,
  collection: Collection,
  record: number,
  [before, after, raw]: [Document, Document, Buffer],
  touched?: ReadonlySet<string>,
): void {
  const indexes = touched
    ? collection.indexes.filter(({ key }) => key.some(([path]) => touched.has(firstPart(path))))
    : collection.indexes;
  changeEntries(files, collection, indexes, record, before, after);
  files.env.data.putSync(placeOf(collection.id, recordBytes(record)), raw);
}

export function removeRecord(files: Files, collection: Collection, record: number, before: Document): void {
  changeEntries(files, collection, collection.indexes, record, before, undefined);
  files.env.data.removeSync(placeOf(collection.id, recordBytes(record)));
  collection.count -= 1;
}

/** Adds an existing document to an index that is being built. */
export function indexRecord(
  files: Files,
  collection: Collection,
  index: Index,
  record: number,
  document: Document,
): void {
  changeEntries(files, collection, [index], record, undefined, document);
}

/** Replaces the entries of one document by those of another; checks everything before it writes the first. */
function changeEntries(
  { env, catalog }: Files,
  collection: Collection,
  indexes: Index[],
  record: number,
  before: Document | undefined,
  after: Document | undefined,
): void {
  const bytes = recordBytes(record);
  // While a unique index is built, its keys may be held by records that have not been compared yet.
  const holder = (index: Index, key: string) => env.idx.get(placeOf(index.id, key))?.toString('latin1');
  const changes = indexes.map((index) => {
    const old = before ? keysOf(before, index) : none;
    const next = after ? keysOf(after, index) : none;
    const added = [...next].filter((key) => !old.has(key));
    const isTaken = (key: string) => (holder(index, key) ?? bytes) !== bytes;
    if (index.unique && added.some(isTaken)) failDuplicate(collection, index, after ?? {});
    const removed = [...old].filter((key) => !next.has(key));
    return { index, added, removed: index.unique ? removed.filter((key) => !isTaken(key)) : removed };
  });
  for (const { index, added, removed } of changes) {
    const suffix = index.unique ? '' : bytes;
    const value = index.unique ? Buffer.from(bytes, 'latin1') : present;
    for (const key of removed) env.idx.removeSync(placeOf(index.id, key + suffix));
    for (const key of added) env.idx.putSync(placeOf(index.id, key + suffix), value);
  }
  catalog.changed(collection);
}

/** The record an index entry leads to. */
export function recordOfEntry(index: Index, key: Buffer, value: Buffer): number {
  return recordAtEnd(index.unique ? value : key);
}

function failDuplicate({ namespace }: Collection, index: Index, document: Document): never {
  const keyValue: Document = {};
  const keyPattern = Object.fromEntries(index.key);
  for (const [path] of index.key) {
    const values = valuesAt(document, path).map((value) => value ?? null);
    setField(keyValue, path, values.length > 1 ? values : (values[0] ?? null));
  }
  const shown = Object.entries(keyValue).map(([path, value]) => `${path}: ${JSON.stringify(plain(value))}`);
  fail(
    'DuplicateKey',
    `E11000 duplicate key error collection: ${namespace} index: ${index.name} dup key: { ${shown.join(', ')} }`,
    { keyPattern, keyValue },
  );
}

/** Numbers as JSON shows them. */
function plain(value: Value): unknown {
  const number = numberOf(value);
  if (number !== undefined) return Number(number);
  return Array.isArray(value) ? value.map(plain) : value;
}
