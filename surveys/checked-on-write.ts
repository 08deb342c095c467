/**
 * Options of every schema of what we store: a document with a field that its schema does not name is refused, and
 * collections and indexes are made at the start of the service, never by a first write.
 */
export const checkedOnWrite = {
  strict: 'throw',
  versionKey: false,
  autoIndex: false,
  autoCreate: false,
} as const;
