import { BSONRegExp } from 'bson';
import { encodeValue } from './bson/key.ts';
import { rank, rankOf } from './bson/order.ts';
import { type Document, integerOf, isDocument, typeName, type Value } from './bson/values.ts';
import { StoreError } from './errors.ts';
import { type Direction, type Index, longestKey } from './index-keys.ts';
import type { Bound, Matcher } from './match.ts';

/** A stretch of encoded keys: from `low` (inclusive) to `high` (exclusive). */
export interface Interval {
  low: Buffer;
  high: Buffer;
}

/** How the documents are found. Whatever the way, the filter is checked again on each document. */
export type Plan =
  | { stage: 'COLLSCAN'; reverse: boolean; sorted: boolean }
  | { stage: 'IXSCAN'; index: Index; intervals: Interval[]; reverse: boolean; sorted: boolean };

export type SortKey = [path: string, direction: Direction][];

const noBytes = Buffer.alloc(0);
/** Lies behind every key that holds the value before it, and before one with a longer string (see bson/key.ts). */
const behindValue = Buffer.from([0xfe]);
/** Lies behind whatever begins with the bytes before it; longer than the hash that follows a cut key. */
const behindAll = Buffer.alloc(80, 0xff);
/** More stretches than this are not worth an index. */
const mostIntervals = 20_000;

/** Reads `{a: 1, b: -1}`. Throws when it is no sort. */
export function compileSort(sort: Document): SortKey {
  return Object.entries(sort).map(([path, value]): [string, Direction] => {
    if (path === '' || path.split('.').includes('')) {
      throw new StoreError('Location40156', 'FieldPath must not end with a dot or have empty parts');
    }
    if (path.startsWith('$'))
      throw new StoreError('BadValue', `FieldPath field names may not start with '$': ${path}`);
    const direction = integerOf(value);
    if (isDocument(value))
      throw new StoreError(
        'NotImplemented',
        `sort by ${Object.keys(value)[0]} is not offered by the embedded store`,
      );
    if (direction !== 1 && direction !== -1) {
      throw new StoreError(
        'BadValue',
        `$sort key ordering must be 1 (for ascending) or -1 (for descending), got ${typeName(value)}`,
      );
    }
    return [path, direction];
  });
}

/** Whether an index holds a key for exactly this value: an array stands there by its elements instead. */
function isPoint(value: Value): boolean {
  return !Array.isArray(value) && !(value instanceof BSONRegExp);
}

function pointsOf(bounds: readonly Bound[]): Value[] | undefined {
  let best: Value[] | undefined;
  for (const bound of bounds) {
    if (bound.operator === '$eq' && isPoint(bound.value)) return [bound.value];
    if (
      bound.operator === '$in' &&
      bound.values.every(isPoint) &&
      (!best || bound.values.length < best.length)
    ) {
      best = bound.values;
    }
  }
  return best;
}

interface Range {
  low: Buffer;
  high: Buffer;
}

/**
 * The stretch of one part of the key that the comparisons leave: within the type of the first operand, narrowed from
 * both sides, or from one side only when the index is multikey (different elements may meet the two conditions).
 */
function rangeOf(bounds: readonly Bound[], direction: Direction, oneSided: boolean): Range | undefined {
  const descending = direction < 0;
  let range: Range | undefined;
  let kind: number | undefined;
  for (const bound of bounds) {
    if (bound.operator === '$in' || bound.operator === '$eq' || !isPoint(bound.value)) continue;
    const valueKind = rankOf(bound.value);
    // Null, MinKey and MaxKey compare in ways of their own: left to the filter.
    if (valueKind === rank.null || valueKind === rank.minKey || valueKind === rank.maxKey) continue;
    if (kind === undefined) {
      kind = valueKind;
      const first = descending ? ~kind & 0xff : kind;
      range = { low: Buffer.from([first]), high: Buffer.from([first + 1]) };
    } else if (kind !== valueKind || oneSided) continue;
    range = narrowed(range as Range, bound.operator, encodeValue(bound.value, descending), descending);
  }
  return range;
}

function narrowed(
  range: Range,
  operator: '$gt' | '$gte' | '$lt' | '$lte',
  key: Buffer,
  descending: boolean,
): Range {
  const isLower = (operator === '$gt' || operator === '$gte') !== descending;
  const inclusive = operator === '$gte' || operator === '$lte';
  // Downwards a longer string ("a\0" after "a") goes on with 00, and a key of the value itself with at least 04.
  const before = descending ? Buffer.concat([key, Buffer.from([1])]) : key;
  const after = Buffer.concat([key, behindValue]);
  if (isLower) {
    const low = inclusive ? before : after;
    return { low: Buffer.compare(low, range.low) > 0 ? low : range.low, high: range.high };
  }
  const high = inclusive ? after : before;
  return { low: range.low, high: Buffer.compare(high, range.high) < 0 ? high : range.high };
}

interface Bounded {
  intervals: Interval[];
  /** How many leading parts are fixed to one value, to a list, to a range. */
  fixed: number;
  listed: number;
  ranged: number;
}

function boundsFor(index: Index, matcher: Matcher): Bounded {
  let prefixes: Buffer[] = [noBytes];
  let range: Range | undefined;
  const count = { fixed: 0, listed: 0, ranged: 0 };
  const usedFields = new Set<string>();
  for (const [path, direction] of index.key) {
    const first = path.split('.', 1)[0] as string;
    // Two conditions below one array may be met by different elements, which stand under different keys.
    if (index.multikey && usedFields.has(first)) break;
    usedFields.add(first);
    const bounds = matcher.bounds.filter((bound) => bound.path === path);
    const points = pointsOf(bounds);
    if (points === undefined) {
      range = rangeOf(bounds, direction, index.multikey);
      if (range) count.ranged = 1;
      break;
    }
    if (prefixes.length * points.length > mostIntervals) break;
    const encoded = points.map((point) => encodeValue(point, direction < 0));
    prefixes = prefixes.flatMap((prefix) => encoded.map((part) => Buffer.concat([prefix, part])));
    if (points.length === 1 && count.listed === 0) count.fixed += 1;
    else count.listed += 1;
  }
  const intervals = prefixes.map((prefix) => ({
    low: cut(range ? Buffer.concat([prefix, range.low]) : prefix),
    high: cutAfter(Buffer.concat([prefix, range?.high ?? behindValue])),
  }));
  return { intervals: distinct(intervals), ...count };
}

const cut = (key: Buffer): Buffer => key.subarray(0, longestKey);
const cutAfter = (key: Buffer): Buffer =>
  key.length > longestKey ? Buffer.concat([cut(key), behindAll]) : key;

function distinct(intervals: Interval[]): Interval[] {
  if (intervals.length === 1) return intervals;
  const sorted = intervals.sort((a, b) => Buffer.compare(a.low, b.low));
  return sorted.filter((interval, i) => i === 0 || !interval.low.equals((sorted[i - 1] as Interval).low));
}

/** Whether reading the index gives the wanted order: undefined when not, otherwise whether to read it backwards. */
function sortedBy(index: Index, bounded: Bounded, matcher: Matcher, sort: SortKey): boolean | undefined {
  if (index.multikey || index.clipped || bounded.listed > 0) return undefined;
  const fixed = new Set(
    matcher.bounds
      .filter((bound) => bound.operator === '$eq' && isPoint(bound.value))
      .map((bound) => bound.path),
  );
  const wanted = sort.filter(([path]) => !fixed.has(path));
  const parts = index.key.filter(([path]) => !fixed.has(path));
  let reverse: boolean | undefined;
  for (const [i, [path, direction]] of wanted.entries()) {
    const part = parts[i];
    if (part?.[0] !== path) return undefined;
    const backwards = part[1] !== direction;
    if (reverse !== undefined && reverse !== backwards) return undefined;
    reverse = backwards;
  }
  return reverse ?? false;
}

function sameKey(index: Index, pattern: Document): boolean {
  const wanted = Object.entries(pattern);
  return (
    wanted.length === index.key.length &&
    index.key.every(
      ([path, direction], i) => wanted[i]?.[0] === path && integerOf(wanted[i]?.[1]) === direction,
    )
  );
}

/** The indexes `hint` allows; undefined demands a scan of the collection. */
function hinted(indexes: readonly Index[], hint: Value): readonly Index[] | undefined {
  if (isDocument(hint) && integerOf(hint.$natural) !== undefined) return undefined;
  const found = indexes.find((index) => (isDocument(hint) ? sameKey(index, hint) : index.name === hint));
  if (!found)
    throw new StoreError(
      'BadValue',
      'error processing query: hint provided does not correspond to an existing index',
    );
  return [found];
}

/** A unique index with all parts given leads to one document at most, or to one for each combination that is listed. */
function uniqueness(index: Index, { fixed, listed }: Bounded): number {
  if (!index.unique || fixed + listed < index.key.length) return 0;
  return listed === 0 ? 100_000 : 50_000;
}

/**
 * Chooses how to find the documents: the index that fixes most leading parts, then one that lists or limits them, then
 * one that gives the order; otherwise the whole collection.
 */
export function choosePlan(indexes: readonly Index[], matcher: Matcher, sort: SortKey, hint?: Value): Plan {
  const ready = indexes.filter((index) => index.ready);
  const allowed = hint === undefined ? ready : hinted(ready, hint);
  const natural = hint !== undefined && isDocument(hint) && integerOf(hint.$natural) === -1;
  const scan: Plan = { stage: 'COLLSCAN', reverse: natural, sorted: sort.length === 0 };
  if (allowed === undefined) return scan;
  let best: Plan = scan;
  let bestScore = hint === undefined ? 0 : -1;
  for (const index of allowed) {
    const bounded = boundsFor(index, matcher);
    const backwards = sortedBy(index, bounded, matcher, sort);
    const narrowing = bounded.fixed * 1_000 + bounded.listed * 60 + bounded.ranged * 40;
    const ordering = sort.length > 0 && backwards !== undefined ? 30 : 0;
    const score = narrowing + uniqueness(index, bounded) + ordering;
    if (score <= bestScore) continue;
    bestScore = score;
    best = {
      stage: 'IXSCAN',
      index,
      intervals: bounded.intervals,
      reverse: backwards ?? false,
      sorted: sort.length === 0 || backwards !== undefined,
    };
  }
  return best;
}
