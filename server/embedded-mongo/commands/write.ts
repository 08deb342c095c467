import { ObjectId } from 'bson';
import { type Document, decode, fieldOf, storable, type Value } from '../bson.ts';
import type { Collection } from '../catalog.ts';
import type { Engine } from '../engine.ts';
import { fail, StoreError } from '../errors.ts';
import { compileProjection } from '../project.ts';
import { compileQuery, found, matchesRaw, type Query } from '../query.ts';
import { insertRecord, readRecord, removeRecord, replaceRecord } from '../records.ts';
import { compileUpdate, type Update, updated, upserted } from '../update.ts';
import { atOnce, sliceSpent, type Work } from '../work.ts';
import {
  anything,
  command,
  document,
  documents,
  flag,
  flagOrTrue,
  maybeCount,
  maybeDocument,
  otherwise,
  readArguments,
} from './arguments.ts';

export const mostStatements = 100_000;

/**
 * Runs one statement after the other; errors are collected, and an ordered bulk stops at the first. Each statement is
 * whole in itself; a bulk is not: between two of them others may write, as in MongoDB.
 */
function* eachStatement(
  statements: Document[],
  ordered: boolean,
  run: (statement: Document, index: number) => Work<void>,
): Work<object> {
  if (statements.length === 0 || statements.length > mostStatements)
    fail('InvalidLength', `Write batch sizes must be between 1 and ${mostStatements}`);
  const writeErrors: object[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      yield* run(statement, index);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      writeErrors.push({ index, ...error.answer });
      if (ordered) break;
    }
    if (sliceSpent()) yield;
  }
  return writeErrors.length > 0 ? { writeErrors } : {};
}

export const insert = command(
  { documents, ordered: flagOrTrue },
  async ({ engine, namespace, deadline }, { documents, ordered }) => {
    let n = 0;
    const work = eachStatement(documents, ordered, (document) =>
      atOnce(() => {
        const collection = engine.catalog.findOrCreate(namespace());
        insertRecord(engine, collection, { _id: new ObjectId(), ...document });
        n += 1;
      }),
    );
    const errors = await engine.write(work, deadline);
    return { n, ...errors, ok: 1 };
  },
);

interface Change {
  filter: Document;
  sort?: Document;
  /** Undefined removes what is found. */
  update: Update | undefined;
  upsert: boolean;
  multi: boolean;
}

interface Changed {
  /** How many documents were found, and how many of them are now others. */
  n: number;
  modified: number;
  /** The last one before and after the change. */
  before?: Document;
  after?: Document;
  upserted?: Document;
}

/** The records to change are collected before the first change: no document is met twice because it moved. */
function* targets(engine: Engine, query: Query, multi: boolean): Work<number[]> {
  const records: number[] = [];
  for (const item of found(engine.env, query, 0, multi ? 0 : 1)) {
    if (item === undefined) yield;
    else records.push(item.record);
  }
  return records;
}

function changeRecord(
  engine: Engine,
  collection: Collection,
  record: number,
  raw: Buffer,
  update: Update | undefined,
): Changed {
  const before = decode(raw);
  if (update === undefined) {
    removeRecord(engine, collection, record, before);
    return { n: 1, modified: 0, before };
  }
  const after = updated(decode(raw), update);
  const bytes = storable(after);
  const isSame = bytes.equals(raw);
  if (!isSame) replaceRecord(engine, collection, record, [before, after, bytes]);
  return { n: 1, modified: isSame ? 0 : 1, before, after };
}

/** Finds and changes: the one way of update, delete and findAndModify. */
function* change(
  engine: Engine,
  namespace: string,
  { filter, sort, update, upsert, multi }: Change,
): Work<Changed> {
  const total: Changed = { n: 0, modified: 0 };
  for (;;) {
    const collection = engine.catalog.find(namespace);
    const query = compileQuery(collection, filter, sort);
    const records = yield* targets(engine, query, multi);
    for (const record of records) {
      // Others may have written since it was found.
      if (!collection || !engine.catalog.holds(collection)) break;
      const raw = readRecord(engine, collection, record);
      if (raw === undefined || !matchesRaw(query.filter, raw)) continue;
      const { n, modified, ...documents } = changeRecord(engine, collection, record, raw, update);
      Object.assign(total, { n: total.n + n, modified: total.modified + modified, ...documents });
      if (sliceSpent() && multi) yield;
    }
    if (total.n > 0 || multi || records.length === 0) break;
  }
  if (total.n > 0 || !upsert || update === undefined) return total;
  const made = upserted(filter, update);
  insertRecord(engine, engine.catalog.findOrCreate(namespace), made);
  return { ...total, after: made, upserted: made };
}

const idOf = (made: Document): Value => fieldOf(made, '_id') ?? null;

export const update = command(
  { updates: documents, ordered: flagOrTrue },
  async ({ engine, namespace, deadline }, { updates, ordered }) => {
    const sum = { n: 0, nModified: 0 };
    const upserts: object[] = [];
    const work = eachStatement(updates, ordered, function* (statement, index) {
      const readers = { q: document, u: anything, upsert: flag, multi: flag };
      const { q: filter, u, upsert, multi } = readArguments('update.updates', statement, readers);
      const update = compileUpdate(u);
      if (multi && 'replacement' in update)
        fail('FailedToParse', 'multi update is not supported for replacement-style update');
      const changed = yield* change(engine, namespace(), { filter, update, upsert, multi });
      sum.n += changed.upserted ? 1 : changed.n;
      sum.nModified += changed.modified;
      if (changed.upserted) upserts.push({ index, _id: idOf(changed.upserted) });
    });
    const errors = await engine.write(work, deadline);
    return { ...sum, ...(upserts.length > 0 && { upserted: upserts }), ...errors, ok: 1 };
  },
);

/** `delete`, which is a reserved word. */
export const remove = command(
  { deletes: documents, ordered: flagOrTrue },
  async ({ engine, namespace, deadline }, { deletes, ordered }) => {
    let n = 0;
    const work = eachStatement(deletes, ordered, function* (statement) {
      const { q: filter, limit } = readArguments('delete.deletes', statement, {
        q: document,
        limit: maybeCount,
      });
      if (limit !== 0 && limit !== 1)
        fail('FailedToParse', 'The limit field in delete objects must be 0 or 1');
      const removal = { filter, update: undefined, upsert: false, multi: limit === 0 };
      n += (yield* change(engine, namespace(), removal)).n;
    });
    const errors = await engine.write(work, deadline);
    return { n, ...errors, ok: 1 };
  },
);

const documentOrNone = otherwise(maybeDocument, {});

export const findAndModify = command(
  {
    query: documentOrNone,
    sort: documentOrNone,
    fields: documentOrNone,
    update: anything,
    remove: flag,
    new: flag,
    upsert: flag,
  },
  async (
    { engine, namespace, deadline },
    { query: filter, sort, fields, update, remove, new: isNew, upsert },
  ) => {
    if (remove === (update !== undefined) || (remove && (isNew || upsert)))
      fail(
        'FailedToParse',
        "Either an 'update' or 'remove'=true (without 'new' and 'upsert') must be specified",
      );
    const compiled = remove ? undefined : compileUpdate(update);
    const projection = compileProjection(fields);
    const work = change(engine, namespace(), { filter, sort, update: compiled, upsert, multi: false });
    const { n, before, after, upserted } = await engine.write(work, deadline);
    const shown = isNew ? after : before;
    const value = shown === undefined ? null : (projection?.apply(shown) ?? shown);
    const lastErrorObject = {
      n: upserted ? 1 : n,
      ...(!remove && { updatedExisting: n > 0 }),
      ...(upserted && { upserted: idOf(upserted) }),
    };
    return { lastErrorObject, value, ok: 1 };
  },
);
