import { createHash } from 'node:crypto';
import { encodeEmptyArray, encodeValue, endOfKey } from './bson/key.ts';
import { type Document, isDocument, setField, type Value } from './bson/values.ts';
import { StoreError } from './errors.ts';
import { valuesAt } from './paths.ts';

export type Direction = 1 | -1;

export interface Index {
  id: number;
  name: string;
  key: [path: string, direction: Direction][];
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

const end = Buffer.from([endOfKey]);

/** The values of one path, arrays opened, encoded. */
function partsOf(
  document: Document,
  path: string,
  direction: Direction,
): { parts: Buffer[]; isArray: boolean } {
  const descending = direction < 0;
  const parts: Buffer[] = [];
  const add = (value: Value | undefined): void => {
    parts.push(encodeValue(value, descending));
  };
  const values = valuesAt(document, path.split('.'));
  for (const value of values) {
    if (!Array.isArray(value)) add(value);
    else if (value.length === 0) parts.push(encodeEmptyArray(descending));
    else for (const element of value) add(element);
  }
  if (parts.length === 0) add(undefined);
  return { parts, isArray: values.length !== 1 || Array.isArray(values[0]) };
}

/** The array that two or more paths of the index go into: their values belong together element by element. */
function sharedArray(document: Document, index: Index): string | undefined {
  const seen = new Set<string>();
  for (const [path] of index.key) {
    const dot = path.indexOf('.');
    if (dot < 0) continue;
    const first = path.slice(0, dot);
    if (seen.has(first) && Array.isArray(document[first])) return first;
    seen.add(first);
  }
  return undefined;
}

function combine(document: Document, index: Index): Buffer[] {
  const shared = sharedArray(document, index);
  if (shared !== undefined) {
    const elements = document[shared] as Value[];
    const documents = elements.filter(isDocument);
    const variants = documents.length > 0 ? documents : [{}];
    return variants.flatMap((element) => {
      const variant = { ...document };
      setField(variant, shared, element);
      return combine(variant, index);
    });
  }
  let keys: Buffer[][] = [[]];
  let arrays = 0;
  for (const [path, direction] of index.key) {
    const { parts, isArray } = partsOf(document, path, direction);
    if (isArray) arrays += 1;
    if (arrays > 1)
      throw new StoreError('CannotIndexParallelArrays', `cannot index parallel arrays [${path}]`);
    keys =
      parts.length === 1
        ? keys.map((key) => [...key, parts[0] as Buffer])
        : keys.flatMap((key) => parts.map((part) => [...key, part]));
  }
  return keys.map((key) => (key.length === 1 ? (key[0] as Buffer) : Buffer.concat(key)));
}

export interface IndexKeys {
  keys: Buffer[];
  multikey: boolean;
  clipped: boolean;
}

/** The keys under which a document stands in an index, without index number and record number; no key comes twice. */
export function keysOf(document: Document, index: Index): IndexKeys {
  let clipped = false;
  const keys = combine(document, index).map((key) => {
    if (key.length <= longestKey) return Buffer.concat([key, end]);
    clipped = true;
    const hash = createHash('sha256').update(key).digest('hex');
    return Buffer.concat([key.subarray(0, longestKey), Buffer.from(hash, 'latin1'), end]);
  });
  if (keys.length === 1) return { keys, multikey: false, clipped };
  const distinct = [...new Map(keys.map((key) => [key.toString('latin1'), key])).values()];
  return { keys: distinct, multikey: true, clipped };
}
