import {
  type Binary,
  calculateObjectSize,
  Double,
  deserialize,
  Int32,
  Long,
  type ObjectId,
  onDemand,
  serialize,
} from 'bson';
import { fail, notOffered } from './errors.ts';

/** A value as it is stored. Numbers keep their BSON type: what is read and written back is the same. */
export type Value = null | boolean | string | Numeric | Date | ObjectId | Binary | Value[] | Document;
export type Numeric = Int32 | Double | Long;
export interface Document {
  [field: string]: Value;
}

/** MongoDB's limit on one document, in bytes. */
export const maximumDocumentBytes = 16 * 1024 * 1024;
const maximumDepth = 100;

export function isDocument(value: Value | undefined): value is Document {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** What a document or table has of its own under a name; never what the prototype has. */
export function ownOf<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Sets a field by name; `__proto__` is a field like any other. */
export function setField(document: object, name: string, value: unknown): void {
  Object.defineProperty(document, name, { value, enumerable: true, configurable: true, writable: true });
}

const decoding = { promoteValues: false, bsonRegExp: true };

/** Reads a document. Throws a BSONError when the bytes are none. */
export function decode(bytes: Uint8Array): Document {
  return deserialize(bytes, decoding) as Document;
}

/** Writes a document. Throws (BSONObjectTooLarge) when it has more than 16 MB. */
export function encode(document: object): Buffer {
  const size = calculateObjectSize(document);
  if (size > maximumDocumentBytes)
    fail('BSONObjectTooLarge', `a document of ${size} bytes is too large, at most ${maximumDocumentBytes}`);
  const bytes = serialize(document);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** A document made of parts that are elements, or pieces of elements, already. */
export function documentOf(parts: Buffer[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 5);
  const bytes = Buffer.allocUnsafe(length);
  bytes.writeInt32LE(length);
  let at = 4;
  for (const part of parts) at += part.copy(bytes, at);
  bytes[at] = 0;
  return bytes;
}

/** The document with only the named top-level fields, as bytes. */
export function pickFields(raw: Buffer, wanted: ReadonlySet<string>): Buffer {
  const elements: Buffer[] = [];
  for (const [, name, nameLength, value, length] of onDemand.parseToElements(raw)) {
    if (wanted.has(raw.toString('utf8', name, name + nameLength)))
      elements.push(raw.subarray(name - 1, value + length));
  }
  return documentOf(elements);
}

/** Reads only the named top-level fields: what a filter, an index or a group needs of a large document. */
export function decodeFields(raw: Buffer, wanted: ReadonlySet<string>): Document {
  return wanted.size === 0 ? {} : decode(pickFields(raw, wanted));
}

/** The number a numeric value stands for, exactly; undefined when it isn't numeric. */
export function numberOf(value: Value | undefined): number | bigint | undefined {
  if (value instanceof Int32 || value instanceof Double) return value.value;
  if (!(value instanceof Long)) return undefined;
  const number = value.toNumber();
  return Number.isSafeInteger(number) ? number : value.toBigInt();
}

/** A whole number within JavaScript's safe range, whatever its BSON type; undefined otherwise. */
export function integerOf(value: Value | undefined): number | undefined {
  const number = numberOf(value);
  return Number.isSafeInteger(number) ? Number(number) : undefined;
}

/** Adds as MongoDB does: int32 grows to int64, any double makes a double; undefined when int64 overflows. */
export function add(left: Numeric, right: Numeric): Numeric | undefined {
  const [a, b] = [numberOf(left) ?? 0, numberOf(right) ?? 0];
  if (left instanceof Double || right instanceof Double) return new Double(Number(a) + Number(b));
  const sum = BigInt(a) + BigInt(b);
  if (left instanceof Int32 && right instanceof Int32 && sum === BigInt.asIntN(32, sum))
    return new Int32(Number(sum));
  return sum === BigInt.asIntN(64, sum) ? Long.fromBigInt(sum) : undefined;
}

const offeredTypes = new Set<unknown>(['Int32', 'Double', 'Long', 'ObjectId', 'Binary']);

/** Throws unless the value is of offered types and not too deep; what is stored has no names with `$` or a dot. */
export function checkValue(value: Value, isStored: boolean, depth = isStored ? 0 : -20): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return;
  if (Array.isArray(value) || isDocument(value)) {
    if (depth >= maximumDepth) fail('Overflow', `a document is nested deeper than ${maximumDepth} levels`);
    for (const [name, each] of Object.entries(value)) {
      if (isStored && name.startsWith('$'))
        fail('DollarPrefixedFieldName', `the field name '${name}' starts with a dollar`);
      if (isStored && name.includes('.')) fail('DottedFieldName', `the field name '${name}' holds a dot`);
      checkValue(each, isStored, depth + 1);
    }
  } else if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) notOffered('a date outside the years -271821 to 275760');
  } else if (!offeredTypes.has(value?._bsontype))
    notOffered(`the BSON type ${(value as { _bsontype?: string } | undefined)?._bsontype ?? 'undefined'}`);
}

/** The bytes to store of a document, `_id` first. Throws a StoreError that says why it can't be stored. */
export function storable(document: Document): Buffer {
  const { _id, ...rest } = document;
  if (Array.isArray(_id)) fail('InvalidIdField', "The '_id' value cannot be of type array");
  checkValue(document, true);
  return encode({ _id, ...rest });
}
