import { randomBytes } from 'node:crypto';
import { documentOf, encode } from './bson.ts';
import { fail } from './errors.ts';
import type { Items, Work } from './work.ts';

/** A cursor that has more to give. It holds a place, not a transaction. */
interface Cursor {
  namespace: string;
  items: Items<Buffer>;
  /** Read already, but too large for the last answer. */
  held?: Buffer | undefined;
  isDone: boolean;
  lastUsed: number;
}

export type Cursors = Map<bigint, Cursor>;

/** MongoDB's default: a cursor nobody asked for ten minutes is closed. */
const idleMs = 10 * 60 * 1000;
/** About how many bytes of documents one answer may hold. */
const answerBytes = 16 * 1024 * 1024;

const head = (type: number, name: string): Buffer =>
  Buffer.from(`${String.fromCharCode(type)}${name}\0`, 'latin1');
const fieldsOf = (document: object): Buffer => encode(document).subarray(4, -1);
const answered = fieldsOf({ ok: 1 });
const cursorHead = head(3, 'cursor');

/** An answer with a cursor: its documents go out as the bytes they are stored as. */
export function cursorAnswer(ns: string, batch: Buffer[], id = 0n, batchName = 'firstBatch'): Buffer {
  const array = documentOf(batch.flatMap((raw, i) => [head(3, String(i)), raw]));
  const cursor = documentOf([head(4, batchName), array, fieldsOf({ id, ns })]);
  return documentOf([cursorHead, cursor, answered]);
}

/** The next documents, at most `count` and about as many bytes as an answer holds. */
function* pull(cursor: Cursor, count: number): Work<Buffer[]> {
  const batch: Buffer[] = [];
  let bytes = 0;
  while (batch.length < count) {
    const { done, value } = cursor.held ? { done: false, value: cursor.held } : cursor.items.next();
    cursor.held = undefined;
    if (done) cursor.isDone = true;
    if (done) break;
    if (!value) {
      yield;
      continue;
    }
    bytes += value.length;
    if (batch.length > 0 && bytes > answerBytes) {
      cursor.held = value;
      break;
    }
    batch.push(value);
  }
  return batch;
}

/** The first answer of a stream; its cursor is kept when there may be more. A limit of 0 is none. */
export function* openCursor(
  cursors: Cursors,
  namespace: string,
  items: Items<Buffer>,
  { count, limit = 0, isSingle = false }: { count: number; limit?: number; isSingle?: boolean },
): Work<Buffer> {
  const cursor: Cursor = { namespace, items, isDone: false, lastUsed: performance.now() };
  const batch = yield* pull(cursor, count);
  if (cursor.isDone || isSingle || (limit > 0 && batch.length === limit))
    return cursorAnswer(namespace, batch);
  const id = randomBytes(8).readBigInt64LE() & 0x7fff_ffff_ffff_ffffn;
  cursors.set(id, cursor);
  return cursorAnswer(namespace, batch, id);
}

/** The next answer of a cursor; a count of 0 is as many as an answer holds. */
export function* nextBatch(cursors: Cursors, id: bigint, namespace: string, count: number): Work<Buffer> {
  const cursor = cursors.get(id);
  if (cursor?.namespace !== namespace) return fail('CursorNotFound', `cursor id ${id} not found`);
  cursor.lastUsed = performance.now();
  const batch = yield* pull(cursor, count || Number.POSITIVE_INFINITY);
  if (cursor.isDone) cursors.delete(id);
  return cursorAnswer(namespace, batch, cursor.isDone ? 0n : id, 'nextBatch');
}

export function closeIdleCursors(cursors: Cursors): void {
  const oldest = performance.now() - idleMs;
  for (const [id, cursor] of cursors) if (cursor.lastUsed < oldest) cursors.delete(id);
}
