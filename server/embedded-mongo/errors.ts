/** MongoDB's error codes, as far as this store gives them. Drivers and mongoose tell errors apart by them. */
export const codes = {
  InternalError: 1,
  BadValue: 2,
  FailedToParse: 9,
  TypeMismatch: 14,
  Overflow: 15,
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
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  ShutdownInProgress: 91,
  CommandNotSupported: 115,
  InvalidPipelineOperator: 168,
  CannotIndexParallelArrays: 171,
  InvalidIndexSpecificationOption: 197,
  NotImplemented: 238,
  QueryExceededMemoryLimitNoDiskUseAllowed: 292,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
  OutOfDiskSpace: 14031,
  Location15952: 15952,
  Location15955: 15955,
  Location15956: 15956,
  Location15958: 15958,
  Location15959: 15959,
  Location15976: 15976,
  Location31250: 31250,
  Location31253: 31253,
  Location31254: 31254,
  Location40156: 40156,
  Location40234: 40234,
  Location40235: 40235,
  Location40236: 40236,
  Location40238: 40238,
  Location40323: 40323,
  Location40324: 40324,
  Location40414: 40414,
  Location40415: 40415,
  Location40573: 40573,
  Location51272: 51272,
} as const;

export type CodeName = keyof typeof codes;

/** An error the client is told about, with MongoDB's code. `fields` go into the answer (`keyPattern`, `keyValue`). */
export class StoreError extends Error {
  readonly code: number;
  readonly codeName: CodeName;
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(codeName: CodeName, message: string, fields: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'StoreError';
    this.code = codes[codeName];
    this.codeName = codeName;
    this.fields = fields;
  }
}

/** The one way to refuse what MongoDB has and this store has not: the thing is named. */
export function notOffered(thing: string): StoreError {
  return new StoreError('NotImplemented', `${thing} is not offered by the embedded store`);
}
