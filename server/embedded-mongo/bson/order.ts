import { Binary, BSONRegExp, Double, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { type Document, fieldOf, numberOf, type Value } from './values.ts';

/**
 * MongoDB's order of types (null and missing are one; all numbers are one). The numbers are the first byte of an
 * encoded value too. `emptyArray` is what an empty array sorts and is indexed as.
 */
export const rank = {
  minKey: 0x05,
  emptyArray: 0x0a,
  null: 0x10,
  number: 0x20,
  string: 0x30,
  object: 0x40,
  array: 0x50,
  binary: 0x60,
  objectId: 0x70,
  boolean: 0x80,
  date: 0x90,
  timestamp: 0xa0,
  regex: 0xb0,
  maxKey: 0xf0,
} as const;

/** The place of the value's type in MongoDB's order. */
export function rankOf(value: Value | undefined): number {
  if (value === undefined || value === null) return rank.null;
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return rank.number;
    case 'string':
      return rank.string;
    case 'boolean':
      return rank.boolean;
  }
  if (Array.isArray(value)) return rank.array;
  if (value instanceof Date) return rank.date;
  if (value instanceof ObjectId) return rank.objectId;
  if (value instanceof Binary) return rank.binary;
  if (value instanceof Double) return rank.number;
  if (value instanceof Timestamp) return rank.timestamp;
  if (value instanceof BSONRegExp) return rank.regex;
  if (value instanceof MinKey) return rank.minKey;
  if (value instanceof MaxKey) return rank.maxKey;
  return rank.object;
}

const sign = (left: number | bigint, right: number | bigint): number =>
  left < right ? -1 : left > right ? 1 : 0;

function compareNumbers(left: number | bigint, right: number | bigint): number {
  const [leftNaN, rightNaN] = [Number.isNaN(left), Number.isNaN(right)];
  if (leftNaN || rightNaN) return leftNaN && rightNaN ? 0 : leftNaN ? -1 : 1;
  return sign(left, right);
}

/** UTF-8 byte order; differs from JavaScript's only where surrogates are involved. */
function compareStrings(left: string, right: string): number {
  if (left === right) return 0;
  const length = Math.min(left.length, right.length);
  for (let i = 0; i < length; i += 1) {
    const a = left.charCodeAt(i);
    const b = right.charCodeAt(i);
    if (a !== b) {
      const aSurrogate = a >= 0xd800 && a <= 0xdfff;
      const bSurrogate = b >= 0xd800 && b <= 0xdfff;
      return aSurrogate === bSurrogate ? sign(a, b) : aSurrogate ? 1 : -1;
    }
  }
  return sign(left.length, right.length);
}

function compareDocuments(left: Document, right: Document): number {
  const leftNames = Object.keys(left);
  const rightNames = Object.keys(right);
  const length = Math.min(leftNames.length, rightNames.length);
  for (let i = 0; i < length; i += 1) {
    const [leftName, rightName] = [leftNames[i] as string, rightNames[i] as string];
    const [a, b] = [fieldOf(left, leftName), fieldOf(right, rightName)];
    const order = sign(rankOf(a), rankOf(b)) || compareStrings(leftName, rightName) || compareValues(a, b);
    if (order !== 0) return order;
  }
  return sign(leftNames.length, rightNames.length);
}

function compareArrays(left: Value[], right: Value[]): number {
  const length = Math.min(left.length, right.length);
  for (let i = 0; i < length; i += 1) {
    const order = compareValues(left[i], right[i]);
    if (order !== 0) return order;
  }
  return sign(left.length, right.length);
}

/** MongoDB's total order of values: -1, 0 or 1. Agrees with the byte order of `encodeValue`. */
export function compareValues(left: Value | undefined, right: Value | undefined): number {
  if (typeof left === 'string' && typeof right === 'string') return compareStrings(left, right);
  const leftRank = rankOf(left);
  const byRank = sign(leftRank, rankOf(right));
  if (byRank !== 0) return byRank;
  switch (leftRank) {
    case rank.number:
      return compareNumbers(numberOf(left) ?? 0, numberOf(right) ?? 0);
    case rank.object:
      return compareDocuments(left as Document, right as Document);
    case rank.array:
      return compareArrays(left as Value[], right as Value[]);
    case rank.binary: {
      const [a, b] = [left as Binary, right as Binary];
      return (
        sign(a.position, b.position) || sign(a.sub_type, b.sub_type) || Buffer.compare(a.value(), b.value())
      );
    }
    case rank.objectId:
      return Buffer.compare((left as ObjectId).id, (right as ObjectId).id);
    case rank.boolean:
      return sign(Number(left), Number(right));
    case rank.date:
      return compareNumbers((left as Date).getTime(), (right as Date).getTime());
    case rank.timestamp:
      return (left as Timestamp).compare(right as Timestamp);
    case rank.regex: {
      const [a, b] = [left as BSONRegExp, right as BSONRegExp];
      return compareStrings(a.pattern, b.pattern) || compareStrings(a.options, b.options);
    }
    default:
      return 0;
  }
}
