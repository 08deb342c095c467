import { readDocument } from '../bson/read.ts';
import type { Document, Value } from '../bson/values.ts';
import { StoreError } from '../errors.ts';
import { compileProjection, type Projection } from '../project.ts';
import { compileQuery, Matches, matchesRaw, type Query, sortedMatches } from '../query.ts';
import type { StoredRecord } from '../scan.ts';
import type { Collection } from '../storage.ts';
import type { Engine } from '../store.ts';
import { applyUpdate, compileUpdate, idOf, insertable, type Update, upserted } from '../update.ts';
import { atOnce, sliceSpent, type Work } from '../work.ts';
import {
  checkArguments,
  checkCommand,
  documentArgument,
  documentsArgument,
  flagArgument,
  namespaceOf,
  type Request,
  requiredDocument,
} from './arguments.ts';

interface WriteError {
  index: number;
  code: number;
  errmsg: string;
}

type Answer = Record<string, unknown>;

function writeError(index: number, error: unknown): WriteError {
  if (!(error instanceof StoreError)) throw error;
  return { index, code: error.code, errmsg: error.message, ...error.fields };
}

/**
 * Runs one statement after the other; errors are collected, and an ordered bulk stops at the first. Each statement is
 * whole in itself; a bulk is not: between two of them others may write, as in MongoDB.
 */
function* eachStatement<T>(
  statements: readonly T[],
  ordered: boolean,
  run: (statement: T, index: number) => Work<void>,
): Work<Answer> {
  const writeErrors: WriteError[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      yield* run(statement, index);
    } catch (error) {
      writeErrors.push(writeError(index, error));
      if (ordered) break;
    }
    if (sliceSpent()) yield;
  }
  return writeErrors.length > 0 ? { writeErrors } : {};
}

function checkBatch(statements: readonly unknown[], field: string): void {
  if (statements.length === 0 || statements.length > 100_000) {
    throw new StoreError(
      'InvalidOptions',
      `Write batch sizes must be between 1 and 100000: '${field}' has ${statements.length}`,
    );
  }
}

export async function insert(engine: Engine, request: Request): Promise<Answer> {
  checkCommand(request, ['documents', 'ordered']);
  const namespace = namespaceOf(request);
  const { documents } = request;
  checkBatch(documents, 'documents');
  let n = 0;
  const work = eachStatement(documents, flagArgument(request.body, 'ordered', true), (raw) =>
    atOnce(() => {
      const document = insertable(raw);
      engine.records.insert(engine.catalog.findOrCreate(namespace), document);
      n += 1;
    }),
  );
  const errors = await engine.write(work, request.deadline);
  return { n, ...errors, ok: 1 };
}

interface UpdateStatement {
  filter: Document;
  update: Update;
  upsert: boolean;
  multi: boolean;
  hint: Value | undefined;
}

function updateStatement(body: Document): UpdateStatement {
  checkArguments('update.updates', body, ['q', 'u', 'upsert', 'multi', 'hint']);
  const update = compileUpdate(body.u);
  const multi = flagArgument(body, 'multi');
  if (multi && 'replacement' in update) {
    throw new StoreError('FailedToParse', 'multi update is not supported for replacement-style update');
  }
  return {
    filter: requiredDocument(body, 'q'),
    update,
    upsert: flagArgument(body, 'upsert'),
    multi,
    hint: body.hint,
  };
}

/** The records to change are collected before the first change: no document is met twice because it moved. */
function* targets(engine: Engine, collection: Collection, query: Query, multi: boolean): Work<number[]> {
  const matches = new Matches(engine.env, collection, query);
  if (!query.plan.sorted) {
    const [first] = yield* sortedMatches(matches, query.sort, 1);
    return first === undefined ? [] : [first.record];
  }
  const records: number[] = [];
  for (;;) {
    const found = yield* matches.next();
    if (found === undefined) return records;
    records.push(found.record);
    if (!multi) return records;
    if (sliceSpent()) yield;
  }
}

/** The document as it is now, if it still matches: others may have written since it was found. */
function stillMatching(
  engine: Engine,
  collection: Collection,
  query: Query,
  record: number,
): Buffer | undefined {
  if (!engine.catalog.holds(collection)) return undefined;
  const raw = engine.records.read(collection, record);
  return raw !== undefined && matchesRaw(query.matcher, raw) ? raw : undefined;
}

/** The one document to change; searched again when it was changed by others between finding and changing. */
function* target(engine: Engine, collection: Collection, query: Query): Work<StoredRecord | undefined> {
  for (;;) {
    const [record] = yield* targets(engine, collection, query, false);
    if (record === undefined) return undefined;
    const raw = stillMatching(engine, collection, query, record);
    if (raw !== undefined) return { record, raw };
    if (!engine.catalog.holds(collection)) return undefined;
  }
}

interface Updated {
  matched: number;
  modified: number;
  upserted?: Buffer;
}

function change(
  engine: Engine,
  collection: Collection,
  { record, raw }: StoredRecord,
  update: Update,
): Buffer {
  const after = applyUpdate(raw, update);
  if (!after.equals(raw)) engine.records.replace(collection, record, raw, after);
  return after;
}

function* runUpdate(engine: Engine, namespace: string, statement: UpdateStatement): Work<Updated> {
  const { filter, update, upsert, multi, hint } = statement;
  const collection = engine.catalog.find(namespace);
  const query = compileQuery(collection, { filter, hint });
  let matched = 0;
  let modified = 0;
  if (collection !== undefined && multi) {
    for (const record of yield* targets(engine, collection, query, true)) {
      const raw = stillMatching(engine, collection, query, record);
      if (raw === undefined) continue;
      const after = change(engine, collection, { record, raw }, update);
      matched += 1;
      if (after !== raw && !after.equals(raw)) modified += 1;
      if (sliceSpent()) yield;
    }
  } else if (collection !== undefined) {
    const found = yield* target(engine, collection, query);
    if (found !== undefined) {
      matched = 1;
      if (!change(engine, collection, found, update).equals(found.raw)) modified = 1;
    }
  }
  if (matched > 0 || !upsert) return { matched, modified };
  const made = upserted(filter, update);
  engine.records.insert(engine.catalog.findOrCreate(namespace), made);
  return { matched: 0, modified: 0, upserted: made };
}

export async function update(engine: Engine, request: Request): Promise<Answer> {
  checkCommand(request, ['updates', 'ordered']);
  const namespace = namespaceOf(request);
  const statements = documentsArgument(request.body, 'updates');
  checkBatch(statements, 'updates');
  let n = 0;
  let nModified = 0;
  const upsertedIds: { index: number; _id: Value }[] = [];
  const work = eachStatement(
    statements,
    flagArgument(request.body, 'ordered', true),
    function* (body, index) {
      const updated = yield* runUpdate(engine, namespace, updateStatement(body));
      n += updated.matched;
      nModified += updated.modified;
      if (updated.upserted) {
        n += 1;
        upsertedIds.push({ index, _id: idOf(updated.upserted) });
      }
    },
  );
  const errors = await engine.write(work, request.deadline);
  return { n, nModified, ...(upsertedIds.length > 0 && { upserted: upsertedIds }), ...errors, ok: 1 };
}

function* runDelete(engine: Engine, namespace: string, body: Document): Work<number> {
  checkArguments('delete.deletes', body, ['q', 'limit', 'hint']);
  const limit = body.limit;
  if (limit !== 0 && limit !== 1) {
    throw new StoreError('FailedToParse', 'The limit field in delete objects must be 0 or 1');
  }
  const collection = engine.catalog.find(namespace);
  const query = compileQuery(collection, { filter: requiredDocument(body, 'q'), hint: body.hint });
  if (collection === undefined) return 0;
  if (limit === 1) {
    const found = yield* target(engine, collection, query);
    if (found !== undefined) engine.records.remove(collection, found.record, found.raw);
    return found === undefined ? 0 : 1;
  }
  let n = 0;
  for (const record of yield* targets(engine, collection, query, true)) {
    const raw = stillMatching(engine, collection, query, record);
    if (raw === undefined) continue;
    engine.records.remove(collection, record, raw);
    n += 1;
    if (sliceSpent()) yield;
  }
  return n;
}

/** `delete`, which is a reserved word. */
export async function remove(engine: Engine, request: Request): Promise<Answer> {
  checkCommand(request, ['deletes', 'ordered']);
  const namespace = namespaceOf(request);
  const statements = documentsArgument(request.body, 'deletes');
  checkBatch(statements, 'deletes');
  let n = 0;
  const work = eachStatement(statements, flagArgument(request.body, 'ordered', true), function* (body) {
    n += yield* runDelete(engine, namespace, body);
  });
  const errors = await engine.write(work, request.deadline);
  return { n, ...errors, ok: 1 };
}

interface FindAndModify {
  namespace: string;
  filter: Document;
  sort: Document | undefined;
  hint: Value | undefined;
  update: Update | undefined;
  upsert: boolean;
  returnNew: boolean;
  projection: Projection | undefined;
}

function findAndModifyArguments(request: Request): FindAndModify {
  const { body } = request;
  checkCommand(request, ['query', 'sort', 'remove', 'update', 'new', 'upsert', 'fields', 'hint']);
  const removes = flagArgument(body, 'remove');
  if (removes && body.update !== undefined) {
    throw new StoreError('FailedToParse', "Cannot specify both an 'update' and 'remove'=true");
  }
  if (!removes && body.update === undefined) {
    throw new StoreError('FailedToParse', "Either an 'update' or 'remove'=true must be specified");
  }
  const returnNew = flagArgument(body, 'new');
  const upsert = flagArgument(body, 'upsert');
  if (removes && (returnNew || upsert)) {
    throw new StoreError('FailedToParse', "Cannot specify 'new' or 'upsert' together with 'remove'=true");
  }
  return {
    namespace: namespaceOf(request),
    filter: documentArgument(body, 'query') ?? {},
    sort: documentArgument(body, 'sort'),
    hint: body.hint,
    update: removes ? undefined : compileUpdate(body.update),
    upsert,
    returnNew,
    projection: compileProjection(documentArgument(body, 'fields') ?? {}),
  };
}

function* runFindAndModify(engine: Engine, options: FindAndModify): Work<Answer> {
  const { namespace, filter, sort, hint, update, upsert, returnNew, projection } = options;
  const collection = engine.catalog.find(namespace);
  const query = compileQuery(collection, { filter, sort, hint });
  const show = (raw: Buffer): Document => readDocument(projection ? projection.bytes(raw) : raw);
  const found = collection && (yield* target(engine, collection, query));
  if (collection !== undefined && found !== undefined) {
    if (update === undefined) {
      engine.records.remove(collection, found.record, found.raw);
      return { lastErrorObject: { n: 1 }, value: show(found.raw), ok: 1 };
    }
    const after = change(engine, collection, found, update);
    return {
      lastErrorObject: { n: 1, updatedExisting: true },
      value: show(returnNew ? after : found.raw),
      ok: 1,
    };
  }
  if (update === undefined) return { lastErrorObject: { n: 0 }, value: null, ok: 1 };
  if (!upsert) return { lastErrorObject: { n: 0, updatedExisting: false }, value: null, ok: 1 };
  const made = upserted(filter, update);
  engine.records.insert(engine.catalog.findOrCreate(namespace), made);
  return {
    lastErrorObject: { n: 1, updatedExisting: false, upserted: idOf(made) },
    value: returnNew ? show(made) : null,
    ok: 1,
  };
}

export async function findAndModify(engine: Engine, request: Request): Promise<Answer> {
  const options = findAndModifyArguments(request);
  return engine.write(runFindAndModify(engine, options), request.deadline);
}
