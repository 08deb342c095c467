import { Long } from 'bson';
import { compileStage, type Stage, wholeNumber } from '../aggregate.ts';
import { type Document, decode, decodeFields, encode, fieldOf, isDocument, type Value } from '../bson.ts';
import type { Engine } from '../engine.ts';
import { fail, notOffered } from '../errors.ts';
import { firstPart } from '../keys.ts';
import { valuesAt } from '../paths.ts';
import { compileProjection, type Projection } from '../project.ts';
import { compileQuery, found, matchesOf, type Query, type Stored } from '../query.ts';
import { identity } from '../values.ts';
import { type Items, sliceSpent, type Work } from '../work.ts';
import { continueCursor, openCursor } from './answers.ts';
import {
  command,
  count,
  document,
  documents,
  flag,
  maybeCount,
  maybeDocument,
  maybeText,
  otherwise,
  readArguments,
  text,
  values,
} from './arguments.ts';

const documentOrAll = otherwise(maybeDocument, {});
const batchSize = otherwise(maybeCount, 101);

/** The documents of a stream as bytes, cut to the projection. */
function* shown(items: Items<Stored>, projection: Projection | undefined): Items<Buffer> {
  for (const item of items) {
    if (item === undefined || projection === undefined) yield item?.raw;
    else {
      const { fields } = projection;
      yield encode(projection.apply(fields ? decodeFields(item.raw, fields) : decode(item.raw)));
    }
  }
}

export const find = command(
  {
    filter: documentOrAll,
    sort: documentOrAll,
    projection: documentOrAll,
    skip: count,
    limit: count,
    batchSize,
    singleBatch: flag,
  },
  ({ engine, namespace, deadline }, { filter, sort, projection, skip, limit, batchSize, singleBatch }) => {
    const query = compileQuery(engine.catalog.find(namespace()), filter, sort);
    const items = shown(found(engine.env, query, skip, limit), compileProjection(projection));
    const batch = { count: batchSize, single: singleBatch };
    return engine.read(openCursor(engine.cursors, namespace(), items, batch), deadline);
  },
);

export const getMore = command(
  { collection: text, batchSize: count },
  ({ engine, database, deadline, target }, { collection, batchSize }) => {
    const next = continueCursor(engine.cursors, cursorId(target), `${database}.${collection}`, batchSize);
    return engine.read(next, deadline);
  },
);

const cursorId = (id: Value | undefined): bigint =>
  id instanceof Long ? id.toBigInt() : fail('TypeMismatch', 'a cursor id must be a long');

export const killCursors = command({ cursors: values }, ({ engine }, { cursors }) => {
  const ids = cursors.map(cursorId);
  const cursorsKilled = ids.filter((id) => engine.cursors.delete(id));
  const cursorsNotFound = ids.filter((id) => !cursorsKilled.includes(id));
  return { cursorsKilled, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [], ok: 1 };
});

/** The leading $match, $sort, $skip and $limit stages as one find, and the stages that are left. */
function splitPipeline(pipeline: Document[]) {
  const left = [...pipeline];
  const leading = (name: string): Value | undefined =>
    left[0] && name in left[0] ? fieldOf(left.shift() as Document, name) : undefined;
  const [filter, sort, skip, limit] = ['$match', '$sort', '$skip', '$limit'].map(leading);
  return {
    filter: isDocument(filter) ? filter : {},
    sort: isDocument(sort) ? sort : {},
    skip: skip === undefined ? 0 : wholeNumber('$skip', skip),
    limit: limit === undefined ? 0 : wholeNumber('$limit', limit),
    left,
  };
}

function* decoded(items: Items<Stored>, fields: Stage['fields']): Items<Document> {
  for (const item of items) yield item && (fields ? decodeFields(item.raw, fields) : decode(item.raw));
}

function* encoded(items: Items<Document>): Items<Buffer> {
  for (const item of items) yield item && encode(item);
}

export const aggregate = command(
  { pipeline: documents, cursor: document, allowDiskUse: flag },
  ({ engine, namespace, deadline }, { pipeline, cursor }) => {
    const { batchSize: size } = readArguments('aggregate.cursor', cursor, { batchSize });
    // All of them, so that a leading one of a wrong form is refused as well.
    const stages = pipeline.map(compileStage);
    const { filter, sort, skip, limit, left } = splitPipeline(pipeline);
    const query = compileQuery(engine.catalog.find(namespace()), filter, sort);
    const stored = found(engine.env, query, skip, limit);
    const rest = stages.slice(pipeline.length - left.length);
    const results = rest.reduce((items, stage) => stage.run(items), decoded(stored, rest[0]?.fields));
    const items = rest.length > 0 ? encoded(results) : shown(stored, undefined);
    return engine.read(
      openCursor(engine.cursors, namespace(), items, { count: size, single: false }),
      deadline,
    );
  },
);

function* size(items: Items<Stored>): Work<number> {
  let n = 0;
  for (const item of items) {
    if (item === undefined) yield;
    else n += 1;
  }
  return n;
}

function* countMatches(engine: Engine, query: Query, skip: number, limit: number): Work<number> {
  if (query.filter.fields.size === 0 && query.filter.matches({})) {
    const left = Math.max(0, (query.collection?.count ?? 0) - skip);
    return limit > 0 ? Math.min(left, limit) : left;
  }
  return yield* size(found(engine.env, query, skip, limit));
}

const countCommand = command(
  { query: documentOrAll, limit: count, skip: count },
  async ({ engine, namespace, deadline }, { query, skip, limit }) => {
    const compiled = compileQuery(engine.catalog.find(namespace()), query);
    return { n: await engine.read(countMatches(engine, compiled, skip, limit), deadline), ok: 1 };
  },
);

export { countCommand as count };

function* distinctValues(engine: Engine, query: Query, path: string): Work<Value[]> {
  const fields = new Set([firstPart(path)]);
  const all = new Map<string, Value>();
  for (const item of matchesOf(engine.env, query)) {
    const values = item ? valuesAt(decodeFields(item.raw, fields), path).flat() : [];
    for (const value of values) if (value !== undefined) all.set(identity(value), value);
    if (item === undefined || sliceSpent()) yield;
  }
  return [...all.values()];
}

export const distinct = command(
  { key: text, query: documentOrAll },
  async ({ engine, namespace, deadline }, { key, query }) => {
    const compiled = compileQuery(engine.catalog.find(namespace()), query);
    return { values: await engine.read(distinctValues(engine, compiled, key), deadline), ok: 1 };
  },
);

/** What is looked for, by the commands that look for something. */
const explained: Record<
  string,
  (body: Document) => { filter: Document; sort?: Document; skip?: number; limit?: number }
> = {
  find: ({ filter, sort, skip, limit }) => ({
    filter: documentOrAll(filter, 'filter'),
    sort: documentOrAll(sort, 'sort'),
    skip: count(skip, 'skip'),
    limit: count(limit, 'limit'),
  }),
  count: ({ query }) => ({ filter: documentOrAll(query, 'query') }),
  distinct: ({ query }) => ({ filter: documentOrAll(query, 'query') }),
  findAndModify: ({ query, sort }) => ({
    filter: documentOrAll(query, 'query'),
    sort: documentOrAll(sort, 'sort'),
  }),
  update: ({ updates }) => ({ filter: documentOrAll(documents(updates, 'updates')[0]?.q, 'q') }),
  delete: ({ deletes }) => ({ filter: documentOrAll(documents(deletes, 'deletes')[0]?.q, 'q') }),
  aggregate: ({ pipeline }) => splitPipeline(documents(pipeline, 'pipeline')),
};

function describePlan({ plan, filter }: Query): object {
  const direction = plan.reverse ? 'backward' : 'forward';
  const filteredFields = [...filter.fields];
  const scan = plan.index
    ? {
        stage: 'FETCH',
        filteredFields,
        inputStage: {
          stage: 'IXSCAN',
          indexName: plan.index.name,
          keyPattern: Object.fromEntries(plan.index.key),
          isUnique: plan.index.unique,
          isMultiKey: plan.index.multikey,
          direction,
          intervals: plan.intervals.length,
        },
      }
    : { stage: 'COLLSCAN', direction, filteredFields };
  return plan.sorted ? scan : { stage: 'SORT', inputStage: scan };
}

/** Says which way a command would go, and (unless asked for the plan alone) what it reads on it. */
export const explain = command(
  { verbosity: otherwise(maybeText, 'allPlansExecution') },
  async ({ engine, database, deadline, target }, { verbosity }) => {
    const body = document(target, 'explain');
    const [name = ''] = Object.keys(body);
    const namespace = `${database}.${body[name]}`;
    const read = explained[name] ?? notOffered(`explain of '${name}'`);
    const { filter, sort, skip, limit } = read(body);
    const query = compileQuery(engine.catalog.find(namespace), filter, sort);
    const queryPlanner = { namespace, winningPlan: describePlan(query), rejectedPlans: [] };
    if (verbosity === 'queryPlanner') return { queryPlanner, ok: 1 };
    const nReturned = await engine.read(size(found(engine.env, query, skip, limit)), deadline);
    const { keys: totalKeysExamined, documents: totalDocsExamined } = query.read;
    return { queryPlanner, executionStats: { nReturned, totalKeysExamined, totalDocsExamined }, ok: 1 };
  },
);
