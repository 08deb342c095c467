import { compileStage, type Stage, wholeNumber } from '../aggregate.ts';
import { type Document, decode, decodeFields, encode, fieldOf, isDocument, type Value } from '../bson.ts';
import { openCursor } from '../cursors.ts';
import { firstPart } from '../keys.ts';
import { compileProjection, type Projection } from '../project.ts';
import { compileQuery, found, matchesOf, type Query, type Stored } from '../query.ts';
import { identity, valuesAt } from '../values.ts';
import { type Items, sliceSpent, type Work } from '../work.ts';
import * as args from './arguments.ts';

/** The documents of a stream as bytes, cut to the projection. */
function* shown(items: Items<Stored>, projection?: Projection): Items<Buffer> {
  for (const item of items)
    yield projection && item ? encode(projection.apply(decodedItem(item, projection))) : item?.raw;
}

const decodedItem = ({ raw }: Stored, { fields }: Pick<Stage, 'fields'>): Document =>
  fields ? decodeFields(raw, fields) : decode(raw);

const lookingFor = {
  filter: args.documentOrAll,
  sort: args.documentOrAll,
  skip: args.count,
  limit: args.count,
};

export const find = args.command(
  { ...lookingFor, projection: args.documentOrAll, batchSize: args.batchSize, singleBatch: args.flag },
  ({ engine, namespace, deadline }, { filter, sort, projection, skip, limit, batchSize, singleBatch }) => {
    const query = compileQuery(engine.catalog.find(namespace()), filter, sort);
    const items = shown(found(engine.env, query, skip, limit), compileProjection(projection));
    const batch = { count: batchSize, limit, isSingle: singleBatch };
    return engine.read(openCursor(engine.cursors, namespace(), items, batch), deadline);
  },
);

/** The leading $match, $sort, $skip and $limit stages as one find, and the stages that are left. */
function splitPipeline(pipeline: Document[]) {
  const left = [...pipeline];
  const leading = (name: string): Value | undefined =>
    left[0] && name in left[0] ? fieldOf(left.shift() as Document, name) : undefined;
  const [filter = {}, sort = {}, skip, limit] = ['$match', '$sort', '$skip', '$limit'].map(leading);
  return {
    filter: isDocument(filter) ? filter : {},
    sort: isDocument(sort) ? sort : {},
    skip: skip === undefined ? 0 : wholeNumber('$skip', skip),
    limit: limit === undefined ? 0 : wholeNumber('$limit', limit),
    left,
  };
}

function* decoded(items: Items<Stored>, stage: Stage): Items<Document> {
  for (const item of items) yield item && decodedItem(item, stage);
}

function* encoded(items: Items<Document>): Items<Buffer> {
  for (const item of items) yield item && encode(item);
}

export const aggregate = args.command(
  { pipeline: args.documents, cursor: args.document, allowDiskUse: args.flag },
  ({ engine, namespace, deadline }, { pipeline, cursor }) => {
    const { batchSize } = args.readArguments('aggregate.cursor', cursor, { batchSize: args.batchSize });
    // All of them, so that a leading one of a wrong form is refused as well.
    const stages = pipeline.map(compileStage);
    const { filter, sort, skip, limit, left } = splitPipeline(pipeline);
    const stored = found(
      engine.env,
      compileQuery(engine.catalog.find(namespace()), filter, sort),
      skip,
      limit,
    );
    const rest = stages.slice(pipeline.length - left.length);
    const items = rest[0]
      ? encoded(rest.reduce((documents, stage) => stage.run(documents), decoded(stored, rest[0])))
      : shown(stored);
    return engine.read(openCursor(engine.cursors, namespace(), items, { count: batchSize }), deadline);
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

export const count = args.command(
  { query: args.documentOrAll, limit: args.count, skip: args.count },
  async ({ engine, namespace, deadline }, { query: filter, skip, limit }) => {
    const query = compileQuery(engine.catalog.find(namespace()), filter);
    if (Object.keys(filter).length > 0)
      return { n: await engine.read(size(found(engine.env, query, skip, limit)), deadline), ok: 1 };
    const left = Math.max(0, (query.collection?.count ?? 0) - skip);
    return { n: limit > 0 ? Math.min(left, limit) : left, ok: 1 };
  },
);

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

/** What a command looks for. */
function soughtBy({ filter, query, sort, skip, limit, updates, deletes, pipeline }: Document) {
  if (pipeline !== undefined) return splitPipeline(args.documents(pipeline, 'pipeline'));
  const statement = updates ?? deletes;
  const ofStatement = statement === undefined ? undefined : args.documents(statement, 'updates')[0]?.q;
  const given = {
    filter: filter ?? query ?? ofStatement ?? {},
    sort: sort ?? {},
    skip: skip ?? null,
    limit: limit ?? null,
  };
  return args.readArguments('explain', given, lookingFor);
}

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

/** Says which way a command would go, and (unless asked for the plan alone) what it reads on it. */
export const explain = args.command(
  { verbosity: args.maybeText },
  async ({ engine, database, deadline, target }, { verbosity }) => {
    const body = args.document(target, 'explain');
    const namespace = `${database}.${Object.values(body)[0]}`;
    const { filter, sort, skip, limit } = soughtBy(body);
    const query = compileQuery(engine.catalog.find(namespace), filter, sort);
    const queryPlanner = { namespace, winningPlan: describePlan(query), rejectedPlans: [] };
    if (verbosity === 'queryPlanner') return { queryPlanner, ok: 1 };
    const nReturned = await engine.read(size(found(engine.env, query, skip, limit)), deadline);
    const { keys: totalKeysExamined, documents: totalDocsExamined } = query.read;
    return { queryPlanner, executionStats: { nReturned, totalKeysExamined, totalDocsExamined }, ok: 1 };
  },
);
