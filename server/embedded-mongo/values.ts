import { Binary, ObjectId } from 'bson';
import { type Document, isDocument, numberOf, ownOf, type Value } from './bson.ts';

/**
 * MongoDB's order of types (null and missing are one; all numbers are one). The numbers are the first byte of an
 * encoded value too. `emptyArray` is what an empty array sorts and is indexed as.
 */
export const rank = {
  emptyArray: 0x0a,
  null: 0x10,
  number: 0x20,
  string: 0x30,
  object: 0x40,
  array: 0x50,
  binData: 0x60,
  objectId: 0x70,
  bool: 0x80,
  date: 0x90,
} as const;

export function rankOf(value: Value | undefined): number {
  if (value === undefined || value === null) return rank.null;
  if (typeof value === 'string') return rank.string;
  if (typeof value === 'boolean') return rank.bool;
  if (Array.isArray(value)) return rank.array;
  if (numberOf(value) !== undefined) return rank.number;
  if (value instanceof Date) return rank.date;
  if (value instanceof ObjectId) return rank.objectId;
  return value instanceof Binary ? rank.binData : rank.object;
}

/** The name of the value's type, for messages. */
export function typeName(value: Value | undefined): string {
  const kind = rankOf(value);
  return Object.entries(rank).find(([, each]) => each === kind)?.[0] ?? 'object';
}

const scratch = Buffer.alloc(8);

/** Turns all bits of a byte string. */
function turned(bytes: string): string {
  const buffer = Buffer.from(bytes, 'latin1');
  for (const [i, byte] of buffer.entries()) buffer[i] = ~byte;
  return buffer.toString('latin1');
}

/** Bytes of any length: a zero is written as 00 FF, the end as 00. */
const terminated = (bytes: string): string =>
  `${bytes.includes('\0') ? bytes.replaceAll('\0', '\0\xff') : bytes}\0`;
const ofString = (text: string): string => terminated(Buffer.from(text, 'utf8').toString('latin1'));

function ofDouble(value: number): string {
  if (Number.isNaN(value)) return '\0'.repeat(8);
  scratch.writeDoubleBE(value === 0 ? 0 : value);
  if (value < 0) return turned(scratch.toString('latin1'));
  scratch[0] = (scratch[0] ?? 0) | 0x80;
  return scratch.toString('latin1');
}

/** A double, then how far an int64 lies above it: two int64 that round to one double keep their order. */
function ofNumber(value: number | bigint): string {
  if (typeof value === 'number') return `${ofDouble(value)}\0\0`;
  let double = Number(value);
  if (BigInt(double) > value) {
    scratch.writeDoubleBE(double);
    scratch.writeBigInt64BE(scratch.readBigInt64BE() + (double > 0 ? -1n : 1n));
    double = scratch.readDoubleBE();
  }
  const above = Number(value - BigInt(double));
  return ofDouble(double) + String.fromCharCode(above >> 8, above & 0xff);
}

function contentOf(value: Value | undefined): string {
  const number = numberOf(value);
  if (number !== undefined) return ofNumber(number);
  if (typeof value === 'string') return ofString(value);
  if (typeof value === 'boolean') return value ? '\x01' : '\0';
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return `${value.map((each) => encodeValue(each)).join('')}\0`;
  if (value instanceof Date) return ofDouble(value.getTime());
  if (value instanceof ObjectId) return Buffer.from(value.id).toString('latin1');
  if (value instanceof Binary) {
    scratch.writeUInt32BE(value.position);
    const length = scratch.toString('latin1', 0, 4);
    const bytes = Buffer.from(value.buffer.subarray(0, value.position)).toString('latin1');
    return length + String.fromCharCode(value.sub_type) + terminated(bytes);
  }
  const fields = Object.entries(value as Document).map(
    ([name, field]) => String.fromCharCode(rankOf(field)) + ofString(name) + encodeValue(field),
  );
  return `${fields.join('')}\0`;
}

/**
 * The order-preserving encoding of a value as a byte string (one character, 00 to ff, is one byte): comparing two of
 * them gives MongoDB's order of the values, and equal values have equal encodings. Encodings are joined to compound
 * keys; in a descending part all bits are turned. After a part comes the next part or `endOfKey`, a byte from 04 to fa:
 * it sets "a" (61 00, turned 9e ff) apart from "a\0" (61 00 ff 00, turned 9e ff 00 ff), the only case in which one
 * encoding begins with another.
 */
export function encodeValue(value: Value | undefined, direction: 1 | -1 = 1): string {
  const bytes = String.fromCharCode(rankOf(value)) + contentOf(value);
  return direction === 1 ? bytes : turned(bytes);
}

export const endOfKey = '\x04';

export const order = <T>(left: T, right: T): number => (left < right ? -1 : left > right ? 1 : 0);

/** MongoDB's total order of values: -1, 0 or 1. */
export function compareValues(left: Value | undefined, right: Value | undefined): number {
  if (typeof left === 'string' && typeof right === 'string')
    return left === right ? 0 : Buffer.compare(Buffer.from(left), Buffer.from(right));
  const [a, b] = [numberOf(left), numberOf(right)];
  const areNumbers = a !== undefined && b !== undefined && !Number.isNaN(a) && !Number.isNaN(b);
  return areNumbers ? order(a, b) : order(encodeValue(left), encodeValue(right));
}

/** A string that is the same for two values exactly when they are equal: for sets and maps. */
export function identity(value: Value | undefined): string {
  return typeof value === 'string' ? `"${value}` : encodeValue(value);
}

export const firstPart = (path: string): string => path.split('.', 1)[0] as string;

/**
 * Calls `found` for each value a dotted path leads to, going through arrays as MongoDB does: into the documents of an
 * array, and by number to one element. `undefined` stands for a document without the field; an array without
 * documents gives nothing. Stops, and returns true, as soon as `found` returns true.
 */
export function someValueAt(
  value: Value | undefined,
  path: readonly string[],
  found: (value: Value | undefined) => boolean,
  from = 0,
): boolean {
  if (from === path.length) return found(value);
  const part = path[from] as string;
  if (isDocument(value)) return someValueAt(ownOf(value, part), path, found, from + 1);
  if (!Array.isArray(value)) return found(undefined);
  const element = /^(0|[1-9]\d{0,8})$/.test(part) ? value[Number(part)] : undefined;
  if (element !== undefined && someValueAt(element, path, found, from + 1)) return true;
  return value.some((each) => isDocument(each) && someValueAt(each, path, found, from));
}

/** All values a dotted path leads to, as `someValueAt` finds them. */
export function valuesAt(document: Document, path: string): (Value | undefined)[] {
  const values: (Value | undefined)[] = [];
  someValueAt(document, path.split('.'), (value) => values.push(value) === 0);
  return values;
}
