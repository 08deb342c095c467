import { createHash } from 'node:crypto';
import type { Document } from './bson.ts';
import { fail } from './errors.ts';
import { encodeValue, endOfKey, rank, valuesAt } from './values.ts';

export type Direction = 1 | -1;
/** The paths of an index or of a sort, each with its direction. */
export type KeyPattern = [path: string, direction: Direction][];

export interface Index {
  id: number;
  name: string;
  key: KeyPattern;
  unique: boolean;
  /** Some document has, or had, more than one key: an array on an indexed path. */
  multikey: boolean;
  /** Some key was, or is, too long and cut: the index no longer orders by the full value. */
  clipped: boolean;
  /** False while the index is being built. */
  ready: boolean;
}

/** Keys longer than this are cut and end in a hash. LMDB's own limit is 1,978 bytes for the whole key. */
export const longestKey = 1800;

/** The values of one path, encoded; of an array its elements, and of an empty one its place below null. */
function partsOf(document: Document, path: string, direction: Direction) {
  const values = valuesAt(document, path);
  const empty = String.fromCharCode(direction === 1 ? rank.emptyArray : ~rank.emptyArray & 0xff);
  const parts = values.flatMap((value) => {
    if (!Array.isArray(value)) return encodeValue(value, direction);
    return value.length === 0 ? empty : value.map((each) => encodeValue(each, direction));
  });
  if (parts.length === 0) parts.push(encodeValue(null, direction));
  return { parts, isArray: values.length !== 1 || Array.isArray(values[0]) };
}

/** What a document is sorted by: of an array the smallest or, descending, the largest element counts. */
export function sortKeyOf(document: Document, sort: KeyPattern): string {
  // With its bits turned the largest value has the smallest bytes: the smallest part is right for both directions.
  const smallest = sort.map(([path, direction]) => partsOf(document, path, direction).parts.sort()[0] ?? '');
  return smallest.join('') + endOfKey;
}

/**
 * The keys under which a document stands in an index, each once. Marks the index as multikey or clipped when the
 * document makes it so. Throws when two paths of the index lead into arrays, also when it is the same one.
 */
export function keysOf(document: Document, index: Index): Set<string> {
  let keys = [''];
  let arrays = 0;
  for (const [path, direction] of index.key) {
    const { parts, isArray } = partsOf(document, path, direction);
    if (isArray) arrays += 1;
    if (arrays > 1) fail('CannotIndexParallelArrays', `cannot index parallel arrays [${path}]`);
    keys = keys.flatMap((key) => parts.map((part) => key + part));
  }
  const held = new Set(keys.map((key) => clip(key, index)));
  if (held.size > 1) index.multikey = true;
  return held;
}

function clip(key: string, index: Index): string {
  if (key.length <= longestKey) return key + endOfKey;
  index.clipped = true;
  return key.slice(0, longestKey) + createHash('sha256').update(key, 'latin1').digest('hex') + endOfKey;
}
