import { type Document, integerOf, isDocument, numberOf, typeName, type Value } from '../bson/values.ts';
import { notOffered, StoreError } from '../errors.ts';
import { maximumMessageBytes } from '../wire.ts';

/** A command as the handlers get it. */
export interface Request {
  name: string;
  database: string;
  body: Document;
  /** The documents of an insert, still bytes. */
  documents: Buffer[];
  /** When `maxTimeMS` is over, as a `performance.now()` time. */
  deadline: number;
}

const always = new Set(
  '$db lsid $readPreference readConcern writeConcern maxTimeMS comment apiVersion'.split(' '),
);
const knownElsewhere = new Set(
  (
    'allowDiskUse allowPartialResults awaitData bypassDocumentValidation let max min noCursorTimeout oplogReplay ' +
    'returnKey showRecordId tailable arrayFilters c sort sampleSize capped size max validator validationLevel ' +
    'validationAction viewOn pipeline timeseries expireAfterSeconds clusteredIndex encryptedFields storageEngine ' +
    'indexOptionDefaults changeStreamPreAndPostImages autoIndexId fields apiStrict apiDeprecationErrors commitQuorum ' +
    'authorizedCollections rawData isMapReduceCommand exchange fromMongos needsMerge'
  ).split(' '),
);

/** Throws for any argument outside the list: nothing is silently ignored. */
export function checkArguments(where: string, body: Document, allowed: readonly string[]): void {
  for (const [name, value] of Object.entries(body)) {
    if (allowed.includes(name)) continue;
    if (name === 'collation') throw new StoreError('CommandNotSupported', 'collation is not supported');
    if (!knownElsewhere.has(name)) {
      throw new StoreError('Location40415', `BSON field '${where}.${name}' is an unknown field.`);
    }
    if (value !== false) throw notOffered(`the option '${name}' of ${where}`);
  }
}

/** As `checkArguments`, for a whole command: what every command may carry is allowed, transactions are refused. */
export function checkCommand({ name, body }: Request, allowed: readonly string[]): void {
  if (body.txnNumber !== undefined || body.autocommit !== undefined || body.startTransaction !== undefined) {
    throw new StoreError(
      'IllegalOperation',
      'Transaction numbers are only allowed on a replica set member or mongos',
    );
  }
  checkConcerns(body);
  const own = Object.fromEntries(Object.entries(body).filter(([key]) => key !== name && !always.has(key)));
  checkArguments(name, own, allowed);
}

function checkConcerns({ readConcern, apiVersion }: Document): void {
  const level = isDocument(readConcern) ? readConcern.level : undefined;
  if (level !== undefined && !['local', 'available', 'majority'].includes(String(level))) {
    throw notOffered(`the read concern '${level}'`);
  }
  if (apiVersion !== undefined && apiVersion !== '1') throw notOffered('an API version other than 1');
}

function wrongType(field: string, value: Value, wanted: string): StoreError {
  return new StoreError(
    'TypeMismatch',
    `BSON field '${field}' is the wrong type '${typeName(value)}', expected type '${wanted}'`,
  );
}

function missing(field: string): StoreError {
  return new StoreError('Location40414', `BSON field '${field}' is missing but a required field`);
}

export function documentArgument(body: Document, field: string): Document | undefined {
  const value = body[field];
  if (value === undefined || value === null) return undefined;
  if (!isDocument(value)) throw wrongType(field, value, 'object');
  return value;
}

export function requiredDocument(body: Document, field: string): Document {
  const value = documentArgument(body, field);
  if (value === undefined) throw missing(field);
  return value;
}

export function documentsArgument(body: Document, field: string): Document[] {
  const value = body[field];
  if (value === undefined) throw missing(field);
  if (!Array.isArray(value)) throw wrongType(field, value, 'array');
  return value.map((each) => {
    if (!isDocument(each)) throw wrongType(field, each, 'object');
    return each;
  });
}

export function stringArgument(body: Document, field: string): string {
  const value = body[field];
  if (value === undefined) throw missing(field);
  if (typeof value !== 'string') throw wrongType(field, value, 'string');
  return value;
}

/** A whole number that isn't negative; `fallback` when it is not given. */
export function countArgument(body: Document, field: string, fallback: number): number {
  const value = body[field];
  if (value === undefined || value === null) return fallback;
  if (numberOf(value) === undefined) throw wrongType(field, value, 'long');
  const number = integerOf(value);
  if (number === undefined || number < 0) {
    throw new StoreError(
      'BadValue',
      `BSON field '${field}' value must be >= 0, actual value '${numberOf(value)}'`,
    );
  }
  return number;
}

export function flagArgument(body: Document, field: string, fallback = false): boolean {
  const value = body[field];
  if (value === undefined || value === null) return fallback;
  if (typeof value === 'boolean') return value;
  const number = numberOf(value);
  if (number === undefined) throw wrongType(field, value, 'bool');
  return Number(number) !== 0;
}

/** `<database>.<collection>`, the collection named by the command's first field. */
export function namespaceOf({ name, database, body }: Request): string {
  const collection = body[name];
  if (typeof collection !== 'string' || collection === '') {
    throw new StoreError(
      'InvalidNamespace',
      `collection name has invalid type ${typeName(collection)} in ${name}`,
    );
  }
  return `${database}.${collection}`;
}

/** About how many bytes of documents one answer may hold. */
export const answerBytes = Math.min(16 * 1024 * 1024, maximumMessageBytes / 2);
