import { type Document, integerOf, type Value } from './bson.ts';
import { fail } from './errors.ts';
import type { Bound, Filter } from './filter.ts';
import { type Direction, type Index, type KeyPattern, longestKey } from './keys.ts';
import { encodeValue, rankOf } from './values.ts';

/** A stretch of encoded keys: from `low` (inclusive) to `high` (exclusive). */
interface Interval {
  low: string;
  high: string;
}

/** How the documents are found: without an index, all are read. The filter is checked again on each document. */
export interface Plan {
  index: Index | undefined;
  intervals: Interval[];
  /** Each interval begins with the one key there can be: the index is unique and all its parts are given. */
  single: boolean;
  reverse: boolean;
  /** They come in the order that was asked for. */
  sorted: boolean;
}

/** Lies behind every key that holds the value before it, and before one with a longer string (see `encodeValue`). */
const behindValue = '\xfe';
/** Lies behind whatever begins with the bytes before it; longer than the hash that follows a cut key. */
const behindAll = '\xff'.repeat(80);
/** More stretches than this are not worth an index. */
const mostIntervals = 20_000;

/** Reads `{a: 1, b: -1}`. Throws when it is no sort. */
export function compileSort(sort: Document): KeyPattern {
  return Object.entries(sort).map(([path, value]): [string, Direction] => {
    if (path.split('.').includes('')) fail('Location40156', `the path '${path}' has an empty part`);
    const direction = integerOf(value);
    if (path.startsWith('$')) fail('BadValue', `a sort by '${path}' is not offered by the embedded store`);
    if (direction === 1 || direction === -1) return [path, direction];
    return fail('Location15975', `the sort by '${path}' must be 1 (ascending) or -1 (descending)`);
  });
}

/** An index holds a key for exactly this value; an array stands there by its elements instead. */
const isPoint = (value: Value): boolean => !Array.isArray(value);

/** The values one of which the path must have, if the bounds list them. */
function pointsOf(bounds: readonly Bound[]): Value[] | undefined {
  let best: Value[] | undefined;
  for (const { operator, operand } of bounds) {
    if (operator === '$eq' && isPoint(operand)) return [operand];
    if (operator !== '$in' || !Array.isArray(operand) || !operand.every(isPoint)) continue;
    if (!best || operand.length < best.length) best = operand;
  }
  return best;
}

/**
 * The stretch of one part of the key that the comparisons leave: within the type of the first operand, narrowed from
 * both sides, or from one side only when the index is multikey (different elements may meet the two conditions).
 */
function rangeOf(bounds: readonly Bound[], direction: Direction, oneSided: boolean): Interval | undefined {
  let range: Interval | undefined;
  let kind: number | undefined;
  for (const { operator, operand } of bounds) {
    // Null compares in a way of its own, and so do arrays: left to the filter.
    if (!/^\$[gl]te?$/.test(operator) || !isPoint(operand) || operand === null) continue;
    if (kind === undefined) {
      kind = rankOf(operand);
      const first = direction === 1 ? kind : ~kind & 0xff;
      range = { low: String.fromCharCode(first), high: String.fromCharCode(first + 1) };
    } else if (kind !== rankOf(operand) || oneSided) continue;
    if (range) narrow(range, operator, encodeValue(operand, direction), direction);
  }
  return range;
}

function narrow(range: Interval, operator: string, key: string, direction: Direction): void {
  const isLower = operator.startsWith('$g') === (direction === 1);
  const inclusive = operator.endsWith('e');
  // Downwards a longer string ("a\0" after "a") goes on with 00, and a key of the value itself with at least 04.
  const before = direction === 1 ? key : `${key}\x01`;
  const limit = isLower === inclusive ? before : key + behindValue;
  if (isLower && limit > range.low) range.low = limit;
  if (!isLower && limit < range.high) range.high = limit;
}

/** What the filter leaves of an index: how many leading parts are fixed to one value, to a list, to a range. */
interface Bounded {
  intervals: Interval[];
  fixed: number;
  listed: number;
  ranged: number;
}

function boundsFor(index: Index, filter: Filter): Bounded {
  let prefixes = [''];
  let range: Interval | undefined;
  const count = { fixed: 0, listed: 0, ranged: 0 };
  for (const [path, direction] of index.key) {
    const bounds = filter.bounds.filter((bound) => bound.path === path);
    const points = pointsOf(bounds);
    if (points === undefined) {
      range = rangeOf(bounds, direction, index.multikey);
      if (range) count.ranged = 1;
      break;
    }
    if (prefixes.length * points.length > mostIntervals) break;
    const encoded = points.map((point) => encodeValue(point, direction));
    prefixes = prefixes.flatMap((prefix) => encoded.map((part) => prefix + part));
    if (points.length === 1 && count.listed === 0) count.fixed += 1;
    else count.listed += 1;
  }
  const { low, high } = range ?? { low: '', high: behindValue };
  const intervals = [...new Set(prefixes)].sort().map((prefix) => ({
    low: (prefix + low).slice(0, longestKey),
    high: cutAfter(prefix + high),
  }));
  return { intervals, ...count };
}

const cutAfter = (key: string): string =>
  key.length > longestKey ? key.slice(0, longestKey) + behindAll : key;

/** Whether reading the index gives the wanted order: undefined when not, otherwise whether to read it backwards. */
function sortedBy(index: Index, bounded: Bounded, filter: Filter, sort: KeyPattern): boolean | undefined {
  if (index.multikey || index.clipped || bounded.listed > 0) return undefined;
  const fixed = filter.bounds.filter(({ operator, operand }) => operator === '$eq' && isPoint(operand));
  // Of a path that isn't indexed the other elements of an array may count in the sort.
  const isFixed = (path: string) =>
    fixed.some((bound) => bound.path === path) && index.key.some(([indexed]) => indexed === path);
  const parts = index.key.filter(([path]) => !isFixed(path));
  let reverse: boolean | undefined;
  for (const [i, [path, direction]] of sort.filter(([path]) => !isFixed(path)).entries()) {
    const [indexed, indexDirection] = parts[i] ?? [];
    const backwards = indexDirection !== direction;
    if (indexed !== path || (reverse ?? backwards) !== backwards) return undefined;
    reverse = backwards;
  }
  return reverse ?? false;
}

/**
 * Chooses how to find the documents: a unique index with all parts given, then the index that fixes most leading
 * parts, then one that lists or limits them, then one that gives the order; otherwise the whole collection.
 */
export function choosePlan(indexes: readonly Index[], filter: Filter, sort: KeyPattern): Plan {
  const isUnsorted = sort.length === 0;
  let best: Plan = { index: undefined, intervals: [], single: false, reverse: false, sorted: isUnsorted };
  let bestScore = 0;
  for (const index of indexes.filter(({ ready }) => ready)) {
    const bounded = boundsFor(index, filter);
    const { intervals, fixed, listed, ranged } = bounded;
    const backwards = isUnsorted ? false : sortedBy(index, bounded, filter, sort);
    const single = index.unique && fixed + listed === index.key.length;
    const uniqueness = single ? (listed === 0 ? 100_000 : 50_000) : 0;
    const ordering = !isUnsorted && backwards !== undefined ? 30 : 0;
    const score = uniqueness + fixed * 1_000 + listed * 60 + ranged * 40 + ordering;
    if (score <= bestScore) continue;
    bestScore = score;
    const sorted = backwards !== undefined;
    best = { index, intervals, single, reverse: backwards ?? false, sorted };
  }
  return best;
}
