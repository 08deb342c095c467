import { type Document, decodeFields } from './bson.ts';
import type { Collection } from './catalog.ts';
import { fail } from './errors.ts';
import { compileFilter, type Filter } from './filter.ts';
import { type KeyPattern, longestKey, sortKeyOf } from './keys.ts';
import { choosePlan, compileSort, type Plan } from './plan.ts';
import { recordOfEntry } from './records.ts';
import { type Environment, placeOf, recordBytes, wholeRange } from './storage.ts';
import { endOfKey, firstPart, order } from './values.ts';
import { currentSlice, type Items, sliceSpent } from './work.ts';

export interface Stored {
  record: number;
  raw: Buffer;
}

/** A compiled query on one collection. */
export interface Query {
  collection: Collection | undefined;
  filter: Filter;
  sort: KeyPattern;
  plan: Plan;
}

export function compileQuery(
  collection: Collection | undefined,
  filter: Document,
  sort: Document = {},
): Query {
  const query = { collection, filter: compileFilter(filter), sort: compileSort(sort) };
  return { ...query, plan: choosePlan(collection?.indexes ?? [], query.filter, query.sort) };
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
function placesOf({ index, intervals, reverse }: Plan, collection: Collection) {
  if (index === undefined) return [wholeRange(collection.id)];
  const ranges = intervals.map(({ low, high }) => ({
    start: placeOf(index.id, low),
    end: placeOf(index.id, high),
  }));
  return reverse ? ranges.reverse() : ranges;
}

/** The entries of a plan that gives each key as a whole: without a walk through the index. */
function* singleEntries(env: Environment, { index, intervals }: Plan): Generator<Entry> {
  for (const { low } of intervals) {
    const key = placeOf(index?.id ?? 0, low + endOfKey);
    const value = env.idx.get(key);
    if (value) yield { key, value };
  }
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
  const { collection, filter, plan } = query;
  if (collection === undefined) return;
  const { index, intervals } = plan;
  const isSingle = plan.single && intervals.every(({ low }) => low.length < longestKey);
  // An array has several keys, and the interval of "a" holds the keys of "a\0" as well.
  const seen = index?.multikey || intervals.length > 1 ? new Set<number>() : undefined;
  for (const { key, value } of isSingle ? singleEntries(env, plan) : entriesOf(env, collection, plan)) {
    const record = recordOfEntry(index, key, value);
    const raw = index ? env.data.get(placeOf(collection.id, recordBytes(record))) : value;
    if (raw !== undefined && !seen?.has(record)) {
      seen?.add(record);
      if (matchesRaw(filter, raw)) yield { record, raw };
    }
    if (sliceSpent()) yield;
  }
}

/** What a sort that no index serves, or a group, may hold in memory, in bytes: MongoDB's limit. */
const memoryBytes = 100 * 1024 * 1024;

export function checkMemory(bytes: number): void {
  if (bytes > memoryBytes)
    fail('QueryExceededMemoryLimitNoDiskUseAllowed', `a sort or group needs more than ${memoryBytes} bytes`);
}

/** All documents in the order of the sort, equal ones as they came; with a `limit` above 0, only that many. */
function* sorted(items: Items<Stored>, sort: KeyPattern, limit: number): Items<Stored> {
  const fields = new Set(sort.map(([path]) => firstPart(path)));
  let kept: { key: string; item: Stored }[] = [];
  let bytes = 0;
  const best = () => {
    const inOrder = kept.sort((a, b) => order(a.key, b.key));
    return limit > 0 ? inOrder.slice(0, limit) : inOrder;
  };
  const bytesOf = ({ key, item }: (typeof kept)[number]) => key.length + item.raw.length;
  for (const item of items) {
    if (item !== undefined) {
      const entry = { key: sortKeyOf(decodeFields(item.raw, fields), sort), item };
      kept.push(entry);
      bytes += bytesOf(entry);
      if (limit > 0 && kept.length > limit * 2 + 1000) {
        kept = best();
        bytes = kept.reduce((sum, each) => sum + bytesOf(each), 0);
      }
      checkMemory(bytes);
    }
    if (item === undefined || sliceSpent()) yield;
  }
  for (const { item } of best()) yield item;
}

/** The documents of a find, in its order, between `skip` and `skip + limit`; a limit of 0 is none. */
export function* found(env: Environment, query: Query, skip = 0, limit = 0): Items<Stored> {
  const matches = matchesOf(env, query);
  const most = limit === 0 ? 0 : skip + limit;
  let place = 0;
  for (const item of query.plan.sorted ? matches : sorted(matches, query.sort, most)) {
    if (item === undefined) yield;
    else {
      place += 1;
      if (place > skip) yield item;
      if (place === most) return;
    }
  }
}
