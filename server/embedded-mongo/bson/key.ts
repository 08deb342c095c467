import type { Binary, BSONRegExp, ObjectId, Timestamp } from 'bson';
import { rank, rankOf } from './order.ts';
import { type Document, fieldOf, numberOf, type Value } from './values.ts';

/**
 * The order-preserving encoding of values: comparing two keys byte by byte gives `compareValues`. Encodings are joined to
 * compound keys; in a descending part all bits are turned. After a part comes the next part or `endOfKey`, a byte from
 * 04 to fa: it sets "a" (61 00, turned 9e ff) apart from "a\0" (61 00 ff 00, turned 9e ff 00 ff), the only case in which
 * one encoding begins with another.
 */
export const endOfKey = 0x04;

let buffer = Buffer.allocUnsafe(4096);
let length = 0;

function reserve(bytes: number): void {
  if (length + bytes <= buffer.length) return;
  const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, length + bytes));
  buffer.copy(larger, 0, 0, length);
  buffer = larger;
}

function putByte(byte: number): void {
  reserve(1);
  buffer[length] = byte;
  length += 1;
}

/** Bytes of any length: a zero is written as 00 FF, the end as 00. */
function putEscaped(bytes: Uint8Array): void {
  reserve(bytes.length * 2 + 1);
  for (const byte of bytes) {
    buffer[length++] = byte;
    if (byte === 0) buffer[length++] = 0xff;
  }
  buffer[length++] = 0;
}

function putString(text: string): void {
  reserve(text.length * 3 + 1);
  const written = buffer.write(text, length, 'utf8');
  if (buffer.subarray(length, length + written).includes(0)) putEscaped(Buffer.from(text, 'utf8'));
  else {
    length += written;
    putByte(0);
  }
}

function putOrderedDouble(value: number): void {
  reserve(8);
  if (Number.isNaN(value)) buffer.fill(0, length, length + 8);
  else {
    buffer.writeDoubleBE(value === 0 ? 0 : value, length);
    if ((buffer[length] as number) < 0x80) buffer[length] = (buffer[length] as number) | 0x80;
    else for (let i = length; i < length + 8; i += 1) buffer[i] = ~(buffer[i] as number);
  }
  length += 8;
}

/** A double, then how far an int64 lies above it: two int64 that round to one double keep their order. */
function putNumber(value: number | bigint): void {
  let double = Number(value);
  let above = 0;
  if (typeof value === 'bigint' && !Number.isSafeInteger(double)) {
    if (BigInt(double) > value) double = nextBelow(double);
    above = Number(value - BigInt(double));
  }
  putOrderedDouble(double);
  reserve(2);
  length = buffer.writeUInt16BE(above, length);
}

function nextBelow(value: number): number {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  bits.setBigInt64(0, bits.getBigInt64(0) + (value > 0 ? -1n : 1n));
  return bits.getFloat64(0);
}

function putValue(value: Value | undefined): void {
  const kind = rankOf(value);
  putByte(kind);
  switch (kind) {
    case rank.number:
      putNumber(numberOf(value) ?? 0);
      break;
    case rank.string:
      putString(value as string);
      break;
    case rank.object:
      for (const name of Object.keys(value as Document)) {
        const field = fieldOf(value as Document, name);
        putByte(rankOf(field));
        putString(name);
        putValue(field);
      }
      putByte(0);
      break;
    case rank.array:
      for (const element of value as Value[]) putValue(element);
      putByte(0);
      break;
    case rank.binary: {
      const binary = value as Binary;
      reserve(5);
      length = buffer.writeUInt32BE(binary.position, length);
      putByte(binary.sub_type);
      putEscaped(binary.value());
      break;
    }
    case rank.objectId:
      reserve(12);
      buffer.set((value as ObjectId).id, length);
      length += 12;
      break;
    case rank.boolean:
      putByte(value ? 1 : 0);
      break;
    case rank.date:
      putOrderedDouble((value as Date).getTime());
      break;
    case rank.timestamp:
      reserve(8);
      length = buffer.writeUInt32BE((value as Timestamp).t, length);
      length = buffer.writeUInt32BE((value as Timestamp).i, length);
      break;
    case rank.regex:
      putString((value as BSONRegExp).pattern);
      putString((value as BSONRegExp).options);
      break;
  }
}

/** The encoding of one value, its bits turned when `descending`. */
export function encodeValue(value: Value | undefined, descending = false): Buffer {
  length = 0;
  putValue(value);
  return finish(descending);
}

/** What an empty array is indexed and sorted as: below null. */
export function encodeEmptyArray(descending = false): Buffer {
  length = 0;
  putByte(rank.emptyArray);
  return finish(descending);
}

function finish(descending: boolean): Buffer {
  if (descending) for (let i = 0; i < length; i += 1) buffer[i] = ~(buffer[i] as number);
  return Buffer.from(buffer.subarray(0, length));
}

/** A string that is the same for two values exactly when they are equal: for sets and maps. */
export function identity(value: Value | undefined): string {
  length = 0;
  putValue(value);
  return buffer.toString('latin1', 0, length);
}
