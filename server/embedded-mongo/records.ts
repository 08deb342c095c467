import { type Document, numberOf, setField, storable, type Value } from './bson.ts';
import type { Catalog, Collection } from './catalog.ts';
import { fail } from './errors.ts';
import { type Index, keysOf } from './keys.ts';
import { type Environment, placeOf, recordAtEnd, recordBytes } from './storage.ts';
import { firstPart, valuesAt } from './values.ts';

export interface Files {
  env: Environment;
  catalog: Catalog;
}

const present = Buffer.from([1]);
const none: ReadonlySet<string> = new Set<string>();

const placeOfRecord = (collection: Collection, record: number): Buffer =>
  placeOf(collection.id, recordBytes(record));

/** The stored bytes of a record. */
export function readRecord({ env }: Files, collection: Collection, record: number): Buffer | undefined {
  return env.data.get(placeOfRecord(collection, record));
}

/** Stores a new document. Throws before the first byte is written when it can't be stored. */
export function insertRecord(files: Files, collection: Collection, after: Document): void {
  const raw = storable(after);
  changeEntries(files, collection, collection.indexes, collection.nextRecord, { after });
  files.env.data.putSync(placeOfRecord(collection, collection.nextRecord), raw);
  collection.nextRecord += 1;
  collection.count += 1;
}

/** What stands in the indexes for a record before and after it changes. */
interface Change {
  before?: Document;
  after?: Document;
}

/**
 * Stores a document in place of another: `raw` are its bytes. `touched` are the top-level fields in which the two may
 * differ; undefined for all. Throws before the first byte is written.
 */
export function replaceRecord(
  files: Files,
  collection: Collection,
  record: number,
  { raw, touched, ...change }: Required<Change> & { raw: Buffer; touched: ReadonlySet<string> | undefined },
): void {
  const indexes = collection.indexes.filter(
    ({ key }) => !touched || key.some(([path]) => touched.has(firstPart(path))),
  );
  changeEntries(files, collection, indexes, record, change);
  files.env.data.putSync(placeOfRecord(collection, record), raw);
}

export function removeRecord(files: Files, collection: Collection, record: number, before: Document): void {
  changeEntries(files, collection, collection.indexes, record, { before });
  files.env.data.removeSync(placeOfRecord(collection, record));
  collection.count -= 1;
}

/** Replaces the entries of one document by those of another; checks everything before it writes the first. */
export function changeEntries(
  { env, catalog }: Files,
  collection: Collection,
  indexes: Index[],
  record: number,
  { before, after }: Change,
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

/** The record that an entry of an index leads to, or of a collection when there is none. */
export function recordOfEntry(index: Index | undefined, key: Buffer, value: Buffer): number {
  return recordAtEnd(index?.unique ? value : key);
}

function failDuplicate({ namespace }: Collection, { name, key }: Index, document: Document): never {
  const keyValue: Document = {};
  for (const [path] of key) {
    const values = valuesAt(document, path).map((value) => value ?? null);
    setField(keyValue, path, values.length > 1 ? values : (values[0] ?? null));
  }
  const shown = Object.entries(keyValue).map(([path, value]) => `${path}: ${JSON.stringify(plain(value))}`);
  fail(
    'DuplicateKey',
    `E11000 duplicate key error collection: ${namespace} index: ${name} dup key: { ${shown.join(', ')} }`,
    { keyPattern: Object.fromEntries(key), keyValue },
  );
}

/** Numbers as JSON shows them. */
function plain(value: Value): unknown {
  const number = numberOf(value);
  if (number !== undefined) return Number(number);
  return Array.isArray(value) ? value.map(plain) : value;
}
