import { type Document, decodeFields } from './bson.ts';
import type { Collection } from './catalog.ts';
import { fail } from './errors.ts';
import { compileFilter, type Filter } from './filter.ts';
import { firstPart, type KeyPattern, sortKeyOf } from './keys.ts';
import { choosePlan, compileSort, type Plan } from './plan.ts';
import { recordOfEntry } from './records.ts';
import { type Environment, placeOf, recordAtEnd, recordBytes, wholeRange } from './storage.ts';
import { currentSlice, type Items, sliceSpent } from './work.ts';

export interface Stored {
  record: number;
  raw: Buffer;
}

/** A compiled query on one collection, and what was read for it. */
export interface Query {
  collection: Collection | undefined;
  filter: Filter;
  sort: KeyPattern;
  plan: Plan;
  read: { keys: number; documents: number };
}

export function compileQuery(
  collection: Collection | undefined,
  filter: Document,
  sort: Document = {},
): Query {
  const compiled = compileFilter(filter);
  const keys = compileSort(sort);
  const plan = choosePlan(collection?.indexes ?? [], compiled, keys);
  return { collection, filter: compiled, sort: keys, plan, read: { keys: 0, documents: 0 } };
}

export function matchesRaw(filter: Filter, raw: Buffer): boolean {
  return filter.matches(decodeFields(raw, filter.fields));
}

const firstChunk = 16;
const largestChunk = 256;

interface Entry {
  key: Buffer;
  value: Buffer;
}

/** The places a plan goes through: of records, or of the entries of an index. */
function placesOf(
  { index, intervals, reverse }: Plan,
  collection: Collection,
): { start: Buffer; end: Buffer }[] {
  if (index === undefined) return [wholeRange(collection.id)];
  const ranges = intervals.map(({ low, high }) => ({
    start: placeOf(index.id, low),
    end: placeOf(index.id, high),
  }));
  return reverse ? ranges.reverse() : ranges;
}

/**
 * The entries of a plan. It reads in chunks and remembers the last key, never an open transaction: after a pause it
 * goes on with what is there then, whatever was written in between.
 */
function* entriesOf(env: Environment, collection: Collection, plan: Plan): Generator<Entry> {
  const store = plan.index ? env.idx : env.data;
  for (const { start, end } of placesOf(plan, collection)) {
    let last: Buffer | undefined;
    let size = firstChunk;
    for (let more = true; more; ) {
      const from = { exclusiveStart: last !== undefined || plan.reverse, limit: size };
      const range = plan.reverse
        ? { ...from, reverse: true, start: last ?? end, end: start, inclusiveEnd: true }
        : { ...from, start: last ?? start, end };
      const chunk = [...store.getRange(range)];
      const slice = currentSlice();
      more = chunk.length === size;
      size = Math.min(size * 2, largestChunk);
      for (const entry of chunk) {
        last = entry.key;
        yield entry;
        if (currentSlice() === slice) continue;
        more = true;
        break;
      }
    }
  }
}

/** The documents that match, each once, in the order of the plan. A document is given as it is at that moment. */
export function* matchesOf(env: Environment, query: Query): Items<Stored> {
  const { collection, filter, plan, read } = query;
  if (collection === undefined) return;
  const { index } = plan;
  // An array has several keys, and the interval of "a" holds the keys of "a\0" as well.
  const seen = index?.multikey || plan.intervals.length > 1 ? new Set<number>() : undefined;
  for (const { key, value } of entriesOf(env, collection, plan)) {
    const record = index ? recordOfEntry(index, key, value) : recordAtEnd(key);
    if (index) read.keys += 1;
    const raw = index ? env.data.get(placeOf(collection.id, recordBytes(record))) : value;
    if (raw !== undefined && !seen?.has(record)) {
      seen?.add(record);
      read.documents += 1;
      if (matchesRaw(filter, raw)) yield { record, raw };
    }
    if (sliceSpent()) yield;
  }
}

/** What a sort that no index serves, or a group, may hold in memory, in bytes: MongoDB's limit. */
const memoryBytes = 100 * 1024 * 1024;

export function checkMemory(bytes: number): void {
  if (bytes > memoryBytes) {
    fail('QueryExceededMemoryLimitNoDiskUseAllowed', `a sort or group needs more than ${memoryBytes} bytes`);
  }
}

interface Keyed<T> {
  key: string;
  item: T;
}

const byKey = <T>(a: Keyed<T>, b: Keyed<T>): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);

/**
 * All items in the order of their keys, equal ones as they came; with `limit`, only that many. `sizeOf` gives an item's
 * bytes in memory.
 */
export function* sorted<T>(
  items: Items<T>,
  keyOf: (item: T) => string,
  sizeOf: (item: T) => number,
  limit = Number.POSITIVE_INFINITY,
): Items<T> {
  let kept: Keyed<T>[] = [];
  let bytes = 0;
  for (const item of items) {
    if (item !== undefined) {
      const key = keyOf(item);
      kept.push({ key, item });
      bytes += key.length + sizeOf(item);
      if (kept.length > limit * 2 + 1000) {
        kept = kept.sort(byKey).slice(0, limit);
        bytes = kept.reduce((sum, each) => sum + each.key.length + sizeOf(each.item), 0);
      }
      checkMemory(bytes);
    }
    if (item === undefined || sliceSpent()) yield;
  }
  for (const { item } of kept.sort(byKey).slice(0, limit)) yield item;
}

/** The items between `skip` and `skip + limit`; a limit of 0 is none. */
export function* cut<T>(items: Items<T>, skip: number, limit: number): Items<T> {
  let place = 0;
  for (const item of items) {
    if (item !== undefined) {
      place += 1;
      if (place <= skip) continue;
    }
    yield item;
    if (item !== undefined && place === skip + limit) return;
  }
}

/** The documents of a find, in its order. */
export function found(env: Environment, query: Query, skip = 0, limit = 0): Items<Stored> {
  const matches = matchesOf(env, query);
  if (query.plan.sorted) return cut(matches, skip, limit);
  const fields = new Set(query.sort.map(([path]) => firstPart(path)));
  const keyOf = ({ raw }: Stored) => sortKeyOf(decodeFields(raw, fields), query.sort);
  const most = limit === 0 ? Number.POSITIVE_INFINITY : skip + limit;
  return cut(
    sorted(matches, keyOf, ({ raw }) => raw.length, most),
    skip,
    limit,
  );
}
