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

function wrongType(field: string, value: Value, wanted: string): never {
  fail(
    'TypeMismatch',
    `BSON field '${field}' is the wrong type '${typeName(value)}', expected type '${wanted}'`,
  );
}

function required<T>(read: Reader<T | undefined>): Reader<T> {
  return (value, field) =>
    read(value, field) ?? fail('Location40414', `BSON field '${field}' is missing but a required field`);
}

function optional<T>(read: (value: Value, field: string) => T): Reader<T | undefined> {
  return (value, field) => (value === undefined || value === null ? undefined : read(value, field));
}

/** As another reader, with a value of its own where the argument is missing. */
export function otherwise<T>(read: Reader<T | undefined>, fallback: T): Reader<T> {
  return (value, field) => read(value, field) ?? fallback;
}

export const anything: Reader<Value | undefined> = (value) => value;
export const maybeDocument = optional((value, field) =>
  isDocument(value) ? value : wrongType(field, value, 'object'),
);
export const document = required(maybeDocument);
export const maybeText = optional((value, field) =>
  typeof value === 'string' ? value : wrongType(field, value, 'string'),
);
export const text = required(maybeText);
export const values = required(
  optional((value, field) => (Array.isArray(value) ? value : wrongType(field, value, 'array'))),
);
export const documents: Reader<Document[]> = (value, field) =>
  values(value, field).map((each) => document(each, field));
const maybeFlag = optional((value, field) => {
  if (typeof value === 'boolean') return value;
  return Number(numberOf(value) ?? wrongType(field, value, 'bool')) !== 0;
});
export const flag = otherwise(maybeFlag, false);
export const flagOrTrue = otherwise(maybeFlag, true);
/** A whole number that isn't negative. */
export const maybeCount = optional((value, field) => {
  if (numberOf(value) === undefined) wrongType(field, value, 'long');
  const number = integerOf(value) ?? -1;
  return number < 0 ? fail('Location51024', `BSON field '${field}' must be a whole number >= 0`) : number;
});
export const count = otherwise(maybeCount, 0);

/** Reads the arguments of a command or statement. Throws for any other: nothing is silently ignored. */
export function readArguments<R extends Readers>(where: string, body: Document, readers: R): Arguments<R> {
  for (const name of Object.keys(body)) {
    if (name === 'collation') fail('CommandNotSupported', 'collation is not offered by the embedded store');
    if (!Object.hasOwn(readers, name))
      fail(
        'Location40415',
        `BSON field '${where}.${name}' is an unknown field: it is not offered by the embedded store`,
      );
  }
  const read = Object.entries(readers).map(([name, reader]) => [
    name,
    reader(body[name], `${where}.${name}`),
  ]);
  return Object.fromEntries(read) as Arguments<R>;
}

/** A command that has read its arguments. */
export type Command = (name: string, body: Document, request: Request) => Promise<Answer>;

/** A command that takes these arguments and no others. */
export function command<R extends Readers>(
  readers: R,
  run: (request: Request, given: Arguments<R>) => Promise<Answer> | Answer,
): Command {
  return async (name, body, request) => run(request, readArguments(name, body, readers));
}

const transactionFields = ['txnNumber', 'autocommit', 'startTransaction'];
const readConcerns: (Value | undefined)[] = ['local', 'available', 'majority', undefined];

/** What every command may carry is taken out; the command's own arguments are left. Transactions are refused. */
export function ownArguments(name: string, body: Document): Document {
  if (transactionFields.some((field) => field in body))
    fail('IllegalOperation', 'Transaction numbers are only allowed on a replica set member or mongos');
  const { $db, lsid, $readPreference, readConcern, writeConcern, maxTimeMS, comment, ...own } = body;
  const level = isDocument(readConcern) ? readConcern.level : undefined;
  if (!readConcerns.includes(level)) notOffered(`the read concern '${level}'`);
  delete own[name];
  return own;
}
