import { type Document, integerOf, isDocument, numberOf, type Value } from '../bson.ts';
import type { Engine } from '../engine.ts';
import { fail, notOffered } from '../errors.ts';
import { typeName } from '../values.ts';

/** What a command is asked with, besides its own arguments. */
export interface Request {
  engine: Engine;
  connectionId: number;
  database: string;
  /** What the command's first field holds: mostly the name of a collection. */
  target: Value | undefined;
  /** `<database>.<collection>`, the collection named by the command's first field. Throws when it names none. */
  namespace(): string;
  /** When `maxTimeMS` is over, as a `performance.now()` time. */
  deadline: number;
}

type Answer = object | Buffer;
type Reader<T> = (value: Value | undefined, field: string) => T;
type Readers = Readonly<Record<string, Reader<unknown>>>;
type Arguments<R extends Readers> = { [Name in keyof R]: ReturnType<R[Name]> };

/** An argument that may be missing (or null); what it is converted to is undefined when it is of a wrong type. */
function optional<T>(
  wanted: string,
  convert: (value: Value, field: string) => T | undefined,
): Reader<T | undefined> {
  return (value, field) => {
    if (value === undefined || value === null) return undefined;
    const read = convert(value, field);
    if (read !== undefined) return read;
    return fail('TypeMismatch', `BSON field '${field}' is of type ${typeName(value)} instead of ${wanted}`);
  };
}

function required<T>(read: Reader<T | undefined>): Reader<T> {
  return (value, field) =>
    read(value, field) ?? fail('Location40414', `BSON field '${field}' is missing but a required field`);
}

/** As another reader, with a value of its own where the argument is missing. */
function otherwise<T>(read: Reader<T | undefined>, fallback: T): Reader<T> {
  return (value, field) => read(value, field) ?? fallback;
}

const maybeDocument = optional('object', (value) => (isDocument(value) ? value : undefined));
const maybeFlag = optional('bool', (value) => {
  const number = typeof value === 'boolean' ? Number(value) : numberOf(value);
  return number === undefined ? undefined : Number(number) !== 0;
});
/** A whole number that isn't negative. */
const maybeCount = optional('long', (value, field) => {
  if (numberOf(value) === undefined) return undefined;
  const number = integerOf(value) ?? -1;
  return number < 0 ? fail('Location51024', `BSON field '${field}' must be a whole number >= 0`) : number;
});
export const anything: Reader<Value | undefined> = (value) => value;
export const document = required(maybeDocument);
export const documentOrAll = otherwise(maybeDocument, {});
export const maybeText = optional('string', (value) => (typeof value === 'string' ? value : undefined));
export const text = required(maybeText);
export const values = required(optional('array', (value) => (Array.isArray(value) ? value : undefined)));
export const documents: Reader<Document[]> = (value, field) =>
  values(value, field).map((each) => document(each, field));
export const flag = otherwise(maybeFlag, false);
export const flagOrTrue = otherwise(maybeFlag, true);
export const count = otherwise(maybeCount, 0);
export const requiredCount = required(maybeCount);
export const batchSize = otherwise(maybeCount, 101);

/** What every command may carry beside its own arguments. */
const carried: ReadonlySet<string> = new Set(
  '$db lsid $readPreference readConcern writeConcern maxTimeMS comment'.split(' '),
);
const nothing: ReadonlySet<string> = new Set();

/** Reads the arguments of a command or statement. Throws for any other: nothing is silently ignored. */
export function readArguments<R extends Readers>(
  where: string,
  body: Document,
  readers: R,
  beside = nothing,
): Arguments<R> {
  for (const name of Object.keys(body)) {
    if (Object.hasOwn(readers, name) || beside.has(name) || name === where) continue;
    if (name === 'collation') fail('CommandNotSupported', 'collation is not offered by the embedded store');
    fail('Location40415', `BSON field '${where}.${name}' is an unknown field, or not offered here`);
  }
  const read = Object.entries(readers).map(([name, reader]) => [name, reader(body[name], name)]);
  return Object.fromEntries(read) as Arguments<R>;
}

/** A command that has read its arguments. */
export type Command = (name: string, body: Document, request: Request) => Promise<Answer>;

/** A command that takes these arguments and no others. */
export function command<R extends Readers>(
  readers: R,
  run: (request: Request, given: Arguments<R>) => Promise<Answer> | Answer,
): Command {
  return async (name, body, request) => run(request, readArguments(name, body, readers, carried));
}

const readConcerns: (Value | undefined)[] = ['local', 'available', 'majority', undefined];

/** Throws for a transaction and for a read concern that is not offered. */
export function checkCarried(body: Document): void {
  if ('txnNumber' in body || 'autocommit' in body || 'startTransaction' in body)
    fail('IllegalOperation', 'Transaction numbers are only allowed on a replica set member or mongos');
  const level = isDocument(body.readConcern) ? body.readConcern.level : undefined;
  if (!readConcerns.includes(level)) notOffered(`the read concern '${level}'`);
}
