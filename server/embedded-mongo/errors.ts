/** MongoDB's error codes, as far as this store gives them. Drivers and mongoose tell errors apart by them. */
const codes = {
  InternalError: 1,
  BadValue: 2,
  FailedToParse: 9,
  TypeMismatch: 14,
  Overflow: 15,
  InvalidLength: 16,
  IllegalOperation: 20,
  InvalidBSON: 22,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  NamespaceExists: 48,
  MaxTimeMSExpired: 50,
  DollarPrefixedFieldName: 52,
  InvalidIdField: 53,
  NotSingleValueField: 54,
  EmptyFieldName: 56,
  DottedFieldName: 57,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  ShutdownInProgress: 91,
  OperationFailed: 96,
  CommandNotSupported: 115,
  CannotIndexParallelArrays: 171,
  NotImplemented: 238,
  QueryExceededMemoryLimitNoDiskUseAllowed: 292,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
  OutOfDiskSpace: 14031,
} as const;

type CodeName = keyof typeof codes | `Location${number}`;
type Fields = Readonly<Record<string, unknown>>;

/** An error the client is told about, with MongoDB's code. `fields` go into the answer (`keyPattern`, `keyValue`). */
export class StoreError extends Error {
  readonly answer: { code: number; codeName: string; errmsg: string };

  constructor(codeName: CodeName, message: string, fields: Fields = {}) {
    super(message);
    const code = codeName in codes ? codes[codeName as keyof typeof codes] : Number(codeName.slice(8));
    this.answer = { code, codeName, errmsg: message, ...fields };
  }
}

/** Throws a StoreError. */
export function fail(codeName: CodeName, message: string, fields?: Fields): never {
  throw new StoreError(codeName, message, fields);
}

/** The one way to refuse what MongoDB has and this store has not: the thing is named. */
export function notOffered(thing: string): never {
  fail('NotImplemented', `${thing} is not offered by the embedded store`);
}
