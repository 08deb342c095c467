import { Binary, BSONRegExp, Double, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';

/**
 * A stored value. The form is exact in both directions: an int32 is a JavaScript integer, an int64 a bigint, and a
 * double a number, in a `Double` where the plain number would be written back as an int32 (5.0, -0).
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Date
  | Double
  | ObjectId
  | Binary
  | Timestamp
  | BSONRegExp
  | MinKey
  | MaxKey
  | Value[]
  | Document;

export interface Document {
  [field: string]: Value;
}

export function isDocument(value: Value | undefined): value is Document {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Sets a field by name; `__proto__` is a field like any other. */
export function setField(document: Document, name: string, value: Value): void {
  if (name === '__proto__') {
    Object.defineProperty(document, name, { value, enumerable: true, configurable: true, writable: true });
  } else document[name] = value;
}

/** The field's own value, undefined when missing; never what the prototype has. */
export function fieldOf(document: Document, name: string): Value | undefined {
  return Object.hasOwn(document, name) ? document[name] : undefined;
}

export function isInt32(value: number): boolean {
  return (value | 0) === value && !Object.is(value, -0);
}

/** The value as a double, in the form that is written back as a double. */
export function asDouble(value: number): number | Double {
  return isInt32(value) ? new Double(value) : value;
}

/** The number a numeric value stands for; undefined when it isn't numeric. */
export function numberOf(value: Value | undefined): number | bigint | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  return value instanceof Double ? value.value : undefined;
}

/** A whole number within JavaScript's safe range, whatever its BSON type; undefined otherwise. */
export function integerOf(value: Value | undefined): number | undefined {
  const number = Number(numberOf(value) ?? Number.NaN);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** MongoDB's alias of the value's type, as used in its messages. */
export function typeName(value: Value | undefined): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'string':
      return 'string';
    case 'bigint':
      return 'long';
    case 'number':
      return isInt32(value) ? 'int' : 'double';
  }
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date) return 'date';
  if (value instanceof Double) return 'double';
  if (value instanceof ObjectId) return 'objectId';
  if (value instanceof Binary) return 'binData';
  if (value instanceof Timestamp) return 'timestamp';
  if (value instanceof BSONRegExp) return 'regex';
  if (value instanceof MinKey) return 'minKey';
  if (value instanceof MaxKey) return 'maxKey';
  return 'object';
}

/** Adds two numeric values as MongoDB does: int32 grows to int64, any double makes a double; undefined on overflow. */
export function add(left: Value, right: Value): Value | undefined {
  const a = numberOf(left);
  const b = numberOf(right);
  if (a === undefined || b === undefined) return undefined;
  const [leftType, rightType] = [typeName(left), typeName(right)];
  if (leftType === 'double' || rightType === 'double') return asDouble(Number(a) + Number(b));
  const sum = BigInt(a) + BigInt(b);
  if (leftType === 'int' && rightType === 'int' && isInt32(Number(sum))) return Number(sum);
  return sum === BigInt.asIntN(64, sum) ? sum : undefined;
}
