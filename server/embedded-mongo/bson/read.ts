import { Binary, BSONRegExp, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { StoreError } from '../errors.ts';
import { asDouble, type Document, setField, type Value } from './values.ts';

/** The deepest nesting of documents and arrays that is taken in. */
export const maximumDepth = 100;

/** BSON's type bytes, and the names used when one is refused. */
export const bsonTypes: Readonly<Record<number, string>> = {
  6: 'undefined',
  12: 'dbPointer',
  13: 'javascript',
  14: 'symbol',
  15: 'javascriptWithScope',
  19: 'decimal',
};

// Where the value just read or skipped ends. One reader runs at a time, so one variable spares a result object per value.
let end = 0;

export function malformed(why: string): StoreError {
  return new StoreError('InvalidBSON', `Invalid BSON: ${why}`);
}

/** Where the name that starts at `from` ends (the place of its NUL). */
export function nameEnd(bytes: Buffer, from: number): number {
  let at = from;
  while (bytes[at] !== 0) {
    if (at >= bytes.length) throw malformed('a field name without end');
    at += 1;
  }
  return at;
}

/** The end of the document at `from`; checks its length against the buffer and its last byte. */
export function documentEnd(bytes: Buffer, from: number, limit: number): number {
  if (from + 5 > limit) throw malformed('a document is cut');
  const until = from + bytes.readInt32LE(from);
  if (until < from + 5 || until > limit || bytes[until - 1] !== 0)
    throw malformed('a document has a wrong length');
  return until;
}

/** The place after the value of the given type. */
export function skipValue(bytes: Buffer, type: number, from: number, limit: number): number {
  let until: number;
  switch (type) {
    case 0x01:
    case 0x09:
    case 0x11:
    case 0x12:
      until = from + 8;
      break;
    case 0x02: {
      if (from + 5 > limit) throw malformed('a string is cut');
      const length = bytes.readInt32LE(from);
      until = from + 4 + length;
      if (length < 1 || until > limit || bytes[until - 1] !== 0)
        throw malformed('a string has a wrong length');
      return until;
    }
    case 0x03:
    case 0x04:
      return documentEnd(bytes, from, limit);
    case 0x05: {
      if (from + 5 > limit) throw malformed('a binary value is cut');
      const length = bytes.readInt32LE(from);
      if (length < 0) throw malformed('a binary value has a wrong length');
      until = from + 5 + length;
      break;
    }
    case 0x07:
      until = from + 12;
      break;
    case 0x08:
      until = from + 1;
      break;
    case 0x0a:
    case 0x7f:
    case 0xff:
      until = from;
      break;
    case 0x0b:
      until = nameEnd(bytes, nameEnd(bytes, from) + 1) + 1;
      break;
    case 0x10:
      until = from + 4;
      break;
    default:
      throw refusedType(type);
  }
  if (until > limit) throw malformed('a value is cut');
  return until;
}

export function refusedType(type: number): StoreError {
  const name = bsonTypes[type];
  if (name === undefined) return malformed(`unknown type 0x${type.toString(16)}`);
  return new StoreError('NotImplemented', `the BSON type ${name} is not offered by the embedded store`);
}

function readValue(bytes: Buffer, type: number, from: number, limit: number, depth: number): Value {
  if (type === 0x03 || type === 0x04) return readNested(bytes, type, from, limit, depth);
  const until = skipValue(bytes, type, from, limit);
  end = until;
  switch (type) {
    case 0x01:
      return asDouble(bytes.readDoubleLE(from));
    case 0x02:
      return bytes.toString('utf8', from + 4, until - 1);
    case 0x05:
      return new Binary(Buffer.from(bytes.subarray(from + 5, until)), bytes[from + 4]);
    case 0x07:
      return new ObjectId(Buffer.from(bytes.subarray(from, until)));
    case 0x08:
      return bytes[from] === 1;
    case 0x09:
      return new Date(Number(bytes.readBigInt64LE(from)));
    case 0x0b: {
      const pattern = nameEnd(bytes, from);
      return new BSONRegExp(
        bytes.toString('utf8', from, pattern),
        bytes.toString('utf8', pattern + 1, until - 1),
      );
    }
    case 0x10:
      return bytes.readInt32LE(from);
    case 0x11:
      return new Timestamp({ i: bytes.readUInt32LE(from), t: bytes.readUInt32LE(from + 4) });
    case 0x12:
      return bytes.readBigInt64LE(from);
    case 0x7f:
      return new MaxKey();
    case 0xff:
      return new MinKey();
    default:
      return null;
  }
}

function readNested(bytes: Buffer, type: number, from: number, limit: number, depth: number): Value {
  if (depth >= maximumDepth) {
    throw new StoreError('Overflow', `BSONObj exceeds maximum nested object depth: ${maximumDepth}`);
  }
  const until = documentEnd(bytes, from, limit);
  const list: Value[] = [];
  const document: Document = {};
  let at = from + 4;
  while (at < until - 1) {
    const elementType = bytes[at] as number;
    const nameStop = nameEnd(bytes, at + 1);
    const value = readValue(bytes, elementType, nameStop + 1, until - 1, depth + 1);
    if (type === 0x04) list.push(value);
    else setField(document, bytes.toString('utf8', at + 1, nameStop), value);
    at = end;
  }
  end = until;
  return type === 0x04 ? list : document;
}

/** Reads a whole document. Throws a StoreError (InvalidBSON, Overflow, NotImplemented). */
export function readDocument(bytes: Buffer, from = 0): Document {
  return readNested(bytes, 0x03, from, bytes.length, 0) as Document;
}

/** Calls `visit` for each top-level element: its name, its type, where it starts, where its value starts and ends. */
export function eachElement(
  bytes: Buffer,
  visit: (name: string, type: number, start: number, valueStart: number, valueEnd: number) => void,
): void {
  const until = documentEnd(bytes, 0, bytes.length);
  let at = 4;
  while (at < until - 1) {
    const type = bytes[at] as number;
    const nameStop = nameEnd(bytes, at + 1);
    const next = skipValue(bytes, type, nameStop + 1, until - 1);
    visit(bytes.toString('utf8', at + 1, nameStop), type, at, nameStop + 1, next);
    at = next;
  }
}

const firstBytes = new WeakMap<ReadonlySet<string>, Uint8Array>();

/** Marks the bytes with which the names begin: most other fields are passed over without decoding their names. */
function firstBytesOf(names: ReadonlySet<string>): Uint8Array {
  let marks = firstBytes.get(names);
  if (marks === undefined) {
    marks = new Uint8Array(256);
    for (const name of names) marks[Buffer.from(name, 'utf8')[0] ?? 0] = 1;
    firstBytes.set(names, marks);
  }
  return marks;
}

/** Reads only the named top-level fields: what a filter, an index or a group needs of a large document. */
export function readFields(bytes: Buffer, wanted: ReadonlySet<string>): Document {
  const document: Document = {};
  const marks = firstBytesOf(wanted);
  const until = documentEnd(bytes, 0, bytes.length);
  let left = wanted.size;
  let at = 4;
  while (at < until - 1 && left > 0) {
    const type = bytes[at] as number;
    const nameStop = nameEnd(bytes, at + 1);
    const name = marks[bytes[at + 1] as number] === 1 ? bytes.toString('utf8', at + 1, nameStop) : undefined;
    if (name !== undefined && wanted.has(name)) {
      setField(document, name, readValue(bytes, type, nameStop + 1, until - 1, 1));
      at = end;
      left -= 1;
    } else at = skipValue(bytes, type, nameStop + 1, until - 1);
  }
  return document;
}
