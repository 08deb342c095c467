import { ObjectId } from 'bson';
import { type Document, decode, storable } from '../bson.ts';
import type { Engine } from '../engine.ts';
import { fail, StoreError } from '../errors.ts';
import { compileQuery, found, matchesRaw } from '../query.ts';
import { insertRecord, readRecord, removeRecord, replaceRecord } from '../records.ts';
import { compileUpdate, fieldsTouchedBy, type Update, updated, upserted } from '../update.ts';
import { atOnce, sliceSpent, type Work } from '../work.ts';
import * as args from './arguments.ts';

export const mostStatements = 100_000;

/**
 * A command of statements, run one after the other; errors are collected, and an ordered bulk stops at the first. Each
 * statement is whole in itself; a bulk is not: between two of them others may write, as in MongoDB.
 */
function bulk<Answer extends object>(
  field: 'documents' | 'updates' | 'deletes',
  answer: () => Answer,
  run: (request: args.Request, statement: Document, sum: Answer, index: number) => Work<void>,
): args.Command {
  function* runAll(request: args.Request, statements: Document[], isOrdered: boolean): Work<object> {
    const sum = answer();
    const writeErrors: object[] = [];
    for (const [index, statement] of statements.entries()) {
      try {
        yield* run(request, statement, sum, index);
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        writeErrors.push({ index, ...error.answer });
        if (isOrdered) break;
      }
      if (sliceSpent()) yield;
    }
    return { ...sum, ...(writeErrors.length > 0 && { writeErrors }), ok: 1 };
  }
  return args.command({ [field]: args.documents, ordered: args.flagOrTrue }, (request, given) => {
    const statements = given[field] as Document[];
    if (statements.length === 0 || statements.length > mostStatements)
      fail('InvalidLength', `Write batch sizes must be between 1 and ${mostStatements}`);
    return request.engine.write(runAll(request, statements, given.ordered as boolean), request.deadline);
  });
}

const insert = bulk(
  'documents',
  () => ({ n: 0 }),
  ({ engine, namespace }, document, sum) =>
    atOnce(() => {
      insertRecord(engine, engine.catalog.findOrCreate(namespace()), { _id: new ObjectId(), ...document });
      sum.n += 1;
    }),
);

interface Change {
  filter: Document;
  sort?: Document;
  /** Undefined removes what is found. */
  update: Update | undefined;
  isUpsert: boolean;
  isMulti: boolean;
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

/** Finds and changes: the one way of update, delete and findAndModify. */
function* change(engine: Engine, namespace: string, wanted: Change): Work<Changed> {
  const { filter, sort, update, isUpsert, isMulti } = wanted;
  const changed: Changed = { n: 0, modified: 0 };
  const touched = update && fieldsTouchedBy(update);
  let records: number[];
  do {
    const query = compileQuery(engine.catalog.find(namespace), filter, sort);
    // They are collected before the first change: no document is met twice because it moved.
    records = [];
    for (const item of found(engine.env, query, 0, isMulti ? 0 : 1)) {
      if (item === undefined) yield;
      else records.push(item.record);
    }
    for (const record of records) {
      // Others may have written since it was found; the one document that was asked for is looked for again then.
      const { collection } = query;
      if (!collection || !engine.catalog.holds(collection)) break;
      const raw = readRecord(engine, collection, record);
      if (raw === undefined || !matchesRaw(query.filter, raw)) continue;
      changed.n += 1;
      const before = decode(raw);
      changed.before = before;
      if (update === undefined) removeRecord(engine, collection, record, before);
      else {
        const after = updated(decode(raw), update);
        changed.after = after;
        const bytes = storable(after);
        if (!bytes.equals(raw)) {
          replaceRecord(engine, collection, record, { before, after, raw: bytes, touched });
          changed.modified += 1;
        }
      }
      if (isMulti && sliceSpent()) yield;
    }
  } while (changed.n === 0 && records.length > 0 && !isMulti);
  if (changed.n > 0 || !isUpsert || update === undefined) return changed;
  const made = upserted(filter, update);
  insertRecord(engine, engine.catalog.findOrCreate(namespace), made);
  return { n: 1, modified: 0, after: made, upserted: made };
}

interface UpdateAnswer {
  n: number;
  nModified: number;
  upserted?: object[];
}

const update = bulk(
  'updates',
  (): UpdateAnswer => ({ n: 0, nModified: 0 }),
  function* ({ engine, namespace }, statement, sum, index) {
    const readers = { q: args.document, u: args.anything, upsert: args.flag, multi: args.flag };
    const {
      q: filter,
      u,
      upsert: isUpsert,
      multi: isMulti,
    } = args.readArguments('update.updates', statement, readers);
    const update = compileUpdate(u);
    if (isMulti && 'replacement' in update)
      fail('FailedToParse', 'multi update is not supported for replacement-style update');
    const { n, modified, upserted } = yield* change(engine, namespace(), {
      filter,
      update,
      isUpsert,
      isMulti,
    });
    sum.n += n;
    sum.nModified += modified;
    if (upserted) sum.upserted = [...(sum.upserted ?? []), { index, _id: upserted._id }];
  },
);

const remove = bulk(
  'deletes',
  () => ({ n: 0 }),
  function* ({ engine, namespace }, statement, sum) {
    const readers = { q: args.document, limit: args.requiredCount };
    const { q: filter, limit } = args.readArguments('delete.deletes', statement, readers);
    if (limit > 1) fail('FailedToParse', 'The limit field in delete objects must be 0 or 1');
    const removal = { filter, update: undefined, isUpsert: false, isMulti: limit === 0 };
    sum.n += (yield* change(engine, namespace(), removal)).n;
  },
);

const findAndModify = args.command(
  {
    ...{ query: args.documentOrAll, sort: args.documentOrAll, update: args.anything },
    ...{ remove: args.flag, new: args.flag, upsert: args.flag },
  },
  async ({ engine, namespace, deadline }, { query: filter, sort, remove, new: isNew, ...given }) => {
    if (remove === (given.update !== undefined) || (remove && (isNew || given.upsert)))
      fail('FailedToParse', "needs either an 'update' or 'remove' without 'new' and 'upsert'");
    const update = remove ? undefined : compileUpdate(given.update);
    const wanted = { filter, sort, update, isUpsert: given.upsert, isMulti: false };
    const { n, before, after, upserted } = await engine.write(change(engine, namespace(), wanted), deadline);
    const updatedExisting = remove ? {} : { updatedExisting: n > 0 && !upserted };
    const lastErrorObject = { n, ...updatedExisting, ...(upserted && { upserted: upserted._id }) };
    return { lastErrorObject, value: (isNew ? after : before) ?? null, ok: 1 };
  },
);

/** `delete` is a reserved word. */
export const commands = { insert, update, delete: remove, findAndModify };
