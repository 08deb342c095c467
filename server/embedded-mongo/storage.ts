import { type Database, open, type RootDatabase } from 'lmdb';

/** The version of the layout on disk; a file with a higher one is refused. */
const formatVersion = 1;

/**
 * One LMDB file.
 *
 * `meta`: the catalog as JSON (`format`, `next`, `c:<namespace>`, `g:<kind>:<id>` for what waits to be removed).
 * `data`: collection number (4 bytes), record number (6) -> the document as BSON. Natural order is record order.
 * `idx`:  index number (4 bytes), encoded key -> record number (6); in an index that isn't unique the record number
 *         is the end of the key and the value is one byte.
 */
export interface Environment {
  path: string;
  root: RootDatabase<Buffer, Buffer>;
  meta: Database<Buffer, Buffer>;
  data: Database<Buffer, Buffer>;
  idx: Database<Buffer, Buffer>;
}

const binary = { keyEncoding: 'binary', encoding: 'binary' } as const;

/**
 * How much address space is set aside for the file, in bytes. It costs nothing until it is used; growing the map instead
 * would keep the smaller ones in memory beside it.
 */
const addressSpace = 64 * 1024 ** 3;

/** Opens the file, which is made when it isn't there. Throws when it is no LMDB file or of a newer format. */
export function openEnvironment(path: string): Environment {
  // Without overlapping sync each commit ends with fdatasync, and its promise settles after that. Without batching by
  // turns a commit that fails rejects no promise that nobody holds.
  const root = open<Buffer, Buffer>({
    path,
    ...binary,
    maxDbs: 4,
    mapSize: addressSpace,
    overlappingSync: false,
    eventTurnBatching: false,
  });
  const named = (name: string): Database<Buffer, Buffer> => root.openDB<Buffer, Buffer>(name, binary);
  const env = { path, root, meta: named('meta'), data: named('data'), idx: named('idx') };
  const format = readMeta<{ version: number }>(env, 'format');
  if (format === undefined && env.data.getKeysCount({ limit: 1 }) > 0)
    throw new Error('it has records but no format mark');
  if (format !== undefined && format.version > formatVersion) {
    throw new Error(
      `it was written by a newer version (format ${format.version}, this program reads up to ${formatVersion}); start the newer version`,
    );
  }
  if (format === undefined) root.transactionSync(() => writeMeta(env, 'format', { version: formatVersion }));
  return env;
}

const recordLength = 6;
const scratch = Buffer.alloc(recordLength);

/** A record number as a byte string. */
export function recordBytes(record: number): string {
  scratch.writeUIntBE(record, 0, recordLength);
  return scratch.toString('latin1');
}

/** The record number at the end of the bytes. */
export function recordAtEnd(bytes: Buffer): number {
  return bytes.readUIntBE(bytes.length - recordLength, recordLength);
}

/** The place of a byte string (a record number, an encoded key or the beginning of one) in a collection or an index. */
export function placeOf(id: number, bytes: string): Buffer {
  const place = Buffer.allocUnsafe(4 + bytes.length);
  place.writeUInt32BE(id, 0);
  place.write(bytes, 4, 'latin1');
  return place;
}

/** All places of a collection or an index. */
export function wholeRange(id: number): { start: Buffer; end: Buffer } {
  return { start: placeOf(id, ''), end: placeOf(id + 1, '') };
}

const metaKey = (name: string): Buffer => Buffer.from(name, 'utf8');

export function readMeta<T>(env: Environment, name: string, options = {}): T | undefined {
  const value = env.meta.get(metaKey(name), options);
  return value === undefined ? undefined : (JSON.parse(value.toString('utf8')) as T);
}

/** All entries whose name begins with the letter and a colon. */
export function listMeta<T>(env: Environment, letter: string): T[] {
  const range = env.meta.getRange({ start: metaKey(`${letter}:`), end: metaKey(`${letter};`) });
  return [...range].map(({ value }) => JSON.parse(value.toString('utf8')) as T);
}

/** Writes an entry, or removes it when there is no value; within a transaction. */
export function writeMeta(env: Environment, name: string, value: unknown): void {
  if (value === undefined) env.meta.removeSync(metaKey(name));
  else env.meta.putSync(metaKey(name), Buffer.from(JSON.stringify(value), 'utf8'));
}
