import { Long } from 'bson';
import { compilePipeline, grouped } from '../aggregate.ts';
import { type Document, decodeFields, encode, pickFields, type Value } from '../bson.ts';
import { nextBatch, openCursor } from '../cursors.ts';
import { fail, notOffered } from '../errors.ts';
import { compileProjection } from '../project.ts';
import { compileQuery, found, matchesOf, type Query, type Stored } from '../query.ts';
import { firstPart, identity, valuesAt } from '../values.ts';
import { type Items, sliceSpent, type Work } from '../work.ts';
import * as args from './arguments.ts';

/** The documents of a stream as the bytes they are stored as, cut to the fields. */
function* shown(items: Items<Stored>, fields: ReadonlySet<string> | undefined): Items<Buffer> {
  for (const item of items) yield fields && item ? pickFields(item.raw, fields) : item?.raw;
}

const lookingFor = {
  ...{ filter: args.documentOrAll, sort: args.documentOrAll, projection: args.documentOrAll },
  ...{ skip: args.count, limit: args.count, batchSize: args.batchSize, singleBatch: args.flag },
};

export const find = args.command(lookingFor, ({ engine, namespace, deadline }, given) => {
  const { skip, limit, batchSize, singleBatch } = given;
  const query = compileQuery(engine.catalog.find(namespace()), given.filter, given.sort);
  const items = shown(found(engine.env, query, skip, limit), compileProjection(given.projection));
  const batch = { count: batchSize, limit, isSingle: singleBatch };
  return engine.read(openCursor(engine.cursors, namespace(), items, batch), deadline);
});

function* encoded(items: Items<Document>): Items<Buffer> {
  for (const item of items) yield item && encode(item);
}

export const aggregate = args.command(
  { pipeline: args.documents, cursor: args.document, allowDiskUse: args.flag },
  ({ engine, namespace, deadline }, { pipeline, cursor }) => {
    const { batchSize } = args.readArguments('aggregate.cursor', cursor, { batchSize: args.batchSize });
    const { filter, skip, limit, group, sort } = compilePipeline(pipeline);
    const stored = found(engine.env, compileQuery(engine.catalog.find(namespace()), filter), skip, limit);
    const items = group ? encoded(grouped(stored, group, sort)) : shown(stored, undefined);
    return engine.read(openCursor(engine.cursors, namespace(), items, { count: batchSize }), deadline);
  },
);

const cursorId = (id: Value | undefined): bigint =>
  id instanceof Long ? id.toBigInt() : fail('TypeMismatch', 'a cursor id must be a long');

export const getMore = args.command(
  { collection: args.text, batchSize: args.count },
  ({ engine, database, deadline, target }, { collection, batchSize }) => {
    const namespace = `${database}.${collection}`;
    return engine.read(nextBatch(engine.cursors, cursorId(target), namespace, batchSize), deadline);
  },
);

export const killCursors = args.command({ cursors: args.values }, ({ engine }, { cursors }) => {
  const ids = cursors.map(cursorId);
  const cursorsKilled = ids.filter((id) => engine.cursors.delete(id));
  const cursorsNotFound = ids.filter((id) => !cursorsKilled.includes(id));
  return { cursorsKilled, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [], ok: 1 };
});

function* distinctValues(items: Items<Stored>, path: string): Work<Value[]> {
  const fields = new Set([firstPart(path)]);
  const all = new Map<string, Value>();
  for (const item of items) {
    const values = item ? valuesAt(decodeFields(item.raw, fields), path).flat() : [];
    for (const value of values) if (value !== undefined) all.set(identity(value), value);
    if (item === undefined || sliceSpent()) yield;
  }
  return [...all.values()];
}

export const distinct = args.command(
  { key: args.text, query: args.documentOrAll },
  async ({ engine, namespace, deadline }, { key, query }) => {
    const items = matchesOf(engine.env, compileQuery(engine.catalog.find(namespace()), query));
    return { values: await engine.read(distinctValues(items, key), deadline), ok: 1 };
  },
);

function describePlan({ plan: { index, reverse, intervals, sorted }, filter }: Query): object {
  const direction = reverse ? 'backward' : 'forward';
  const filteredFields = [...filter.fields];
  let described: object = { stage: 'COLLSCAN', direction, filteredFields };
  if (index) {
    const { name: indexName, unique: isUnique, multikey: isMultiKey } = index;
    const keyPattern = Object.fromEntries(index.key);
    const keys = { indexName, keyPattern, isUnique, isMultiKey, direction, intervals: intervals.length };
    described = { stage: 'FETCH', filteredFields, inputStage: { stage: 'IXSCAN', ...keys } };
  }
  return sorted ? described : { stage: 'SORT', inputStage: described };
}

/** Says which way a find would go. It reads nothing: only the verbosity `queryPlanner` is offered. */
export const explain = args.command(
  { verbosity: args.text },
  ({ engine, database, target }, { verbosity }) => {
    if (verbosity !== 'queryPlanner') notOffered(`the verbosity '${verbosity}'`);
    const { find: collection, ...sought } = args.document(target, 'explain');
    const namespace = `${database}.${args.text(collection, 'explain.find')}`;
    const { filter, sort } = args.readArguments('explain.find', sought, lookingFor);
    const winningPlan = describePlan(compileQuery(engine.catalog.find(namespace), filter, sort));
    return { queryPlanner: { namespace, winningPlan, rejectedPlans: [] }, ok: 1 };
  },
);
