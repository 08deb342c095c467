import {
  BSON,
  type Collection,
  type Document,
  type IndexSpecification,
  MongoBulkWriteError,
  MongoNetworkError,
  MongoServerError,
  type Sort,
  type UpdateResult,
} from 'mongodb';
import type { Case, Run } from './case.ts';

const typed = { promoteValues: false } as const;

export interface Performed {
  /** As a case would expect it. */
  outcome: unknown;
  /** What the store said when it refused. */
  message?: string;
}

/** Prepares the collection, does what the case says and tells the outcome. */
export async function perform(collection: Collection, { documents, indexes, run }: Case): Promise<Performed> {
  try {
    if (documents) await collection.insertMany(documents);
    for (const { key, unique = false } of indexes ?? []) await collection.createIndex(key, { unique });
    return { outcome: await outcomeOf(collection, run) };
  } catch (error) {
    const outcome = faultOf(error, isWrite(run) ? await stored(collection) : undefined);
    return { outcome, message: (error as Error).message };
  }
}

/** A value as text in which types and the order of fields count. */
export function exactly(value: unknown): string {
  const read = BSON.deserialize(BSON.serialize({ value }), { promoteValues: false });
  return BSON.EJSON.stringify(read.value, undefined, 2, { relaxed: false });
}

async function outcomeOf(collection: Collection, run: Run): Promise<unknown> {
  if ('ids' in run) {
    const { ids, sort, ...options } = run;
    const found = await collection.find(ids, { ...options, ...(sort && { sort: sort as Sort }) }).toArray();
    const names = found.map(({ _id }) => _id as unknown);
    return sort ? names : names.sort();
  }
  if ('find' in run) {
    const { find, sort, ...options } = run;
    return collection.find(find, { ...options, sort: (sort ?? { _id: 1 }) as Sort, ...typed }).toArray();
  }
  if ('aggregate' in run) return collection.aggregate(run.aggregate, typed).toArray();
  if ('distinct' in run) return collection.distinct(run.distinct, run.filter ?? {});
  if ('count' in run) {
    const { count, ...options } = run;
    return collection.countDocuments(count, options);
  }
  if ('indexes' in run) return collection.indexes();
  if ('createIndex' in run) return collection.createIndex(run.createIndex as IndexSpecification, run.options);
  if ('command' in run) {
    const text = JSON.stringify(run.command).replaceAll('$things', collection.collectionName);
    return shown(await collection.db.command(JSON.parse(text) as Document), run.show);
  }
  return { ...(await write(collection, run)), after: await stored(collection) };
}

async function write(collection: Collection, run: Run): Promise<object> {
  if ('insert' in run && run.insert.length === 1) {
    await collection.insertOne(run.insert[0]!);
    return { inserted: 1 };
  }
  if ('insert' in run) {
    const { insertedCount } = await collection.insertMany(run.insert, { ordered: run.ordered ?? true });
    return { inserted: insertedCount };
  }
  if ('update' in run) {
    const { update, with: changes, many, upsert = false } = run;
    const result = many
      ? await collection.updateMany(update, changes, { upsert })
      : await collection.updateOne(update, changes, { upsert });
    return updated(result);
  }
  if ('replace' in run) {
    return updated(await collection.replaceOne(run.replace, run.with, { upsert: run.upsert ?? false }));
  }
  if ('delete' in run) {
    const { deletedCount } = await (run.many
      ? collection.deleteMany(run.delete)
      : collection.deleteOne(run.delete));
    return { deleted: deletedCount };
  }
  if ('modify' in run) {
    const { modify, with: changes, sort, upsert = false, returns = 'before' } = run;
    const options = { upsert, returnDocument: returns, ...(sort && { sort: sort as Sort }), ...typed };
    return { value: await collection.findOneAndUpdate(modify, changes, options) };
  }
  if ('remove' in run) {
    const { remove, sort } = run;
    const value = await collection.findOneAndDelete(remove, {
      ...(sort && { sort: sort as Sort }),
      ...typed,
    });
    return { value };
  }
  throw new Error('A case that nothing is done for');
}

function updated({ matchedCount, modifiedCount, upsertedCount }: UpdateResult): object {
  return {
    matched: matchedCount,
    modified: modifiedCount,
    ...(upsertedCount > 0 && { upserted: upsertedCount }),
  };
}

function isWrite(run: Run): boolean {
  return ['insert', 'update', 'replace', 'delete', 'modify', 'remove'].some((kind) => kind in run);
}

function stored(collection: Collection): Promise<Document[]> {
  return collection.find({}, { sort: { _id: 1 }, ...typed }).toArray();
}

function faultOf(error: unknown, after: Document[] | undefined): object {
  if (error instanceof MongoBulkWriteError) {
    const at = [error.writeErrors].flat().map(({ index, code }) => ({ index, code }));
    return { error: error.code, at, after };
  }
  if (error instanceof MongoNetworkError) return { error: 'connection closed', after };
  if (!(error instanceof MongoServerError)) throw error;
  const { keyPattern, keyValue } = error;
  return { error: Number(error.code), keyPattern, keyValue, after };
}

function shown(answer: Document, fields: string[]): Document {
  return Object.fromEntries(fields.map((field) => [field, answer[field]]));
}
