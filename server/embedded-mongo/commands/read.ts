import { identity } from '../bson/key.ts';
import { readFields } from '../bson/read.ts';
import type { Document, Value } from '../bson/values.ts';
import { embed, joinArray, joinElements, writeDocument } from '../bson/write.ts';
import type { Source } from '../cursors.ts';
import { StoreError } from '../errors.ts';
import { valuesAt } from '../paths.ts';
import { runPipeline } from '../pipeline.ts';
import { compileProjection } from '../project.ts';
import { compileQuery, FindSource, ListSource, Matches, type Query } from '../query.ts';
import type { Engine } from '../store.ts';
import { sliceSpent, type Work } from '../work.ts';
import {
  answerBytes,
  checkArguments,
  checkCommand,
  countArgument,
  documentArgument,
  documentsArgument,
  flagArgument,
  namespaceOf,
  type Request,
  requiredDocument,
  stringArgument,
} from './arguments.ts';

const firstBatch = 101;
const findArguments = ['filter', 'sort', 'projection', 'skip', 'limit', 'batchSize', 'singleBatch', 'hint'];

/** An answer with a cursor: its documents go out as the bytes they are stored as. */
function cursorAnswer(namespace: string, id: bigint, batchName: string, batch: readonly Buffer[]): Buffer {
  const cursor = joinElements([
    embed(0x04, batchName, joinArray(batch)),
    writeDocument({ id, ns: namespace }).subarray(4, -1),
  ]);
  return joinElements([embed(0x03, 'cursor', cursor), writeDocument({ ok: 1 }).subarray(4, -1)]);
}

async function firstAnswer(
  engine: Engine,
  request: Request,
  namespace: string,
  source: Source,
  { batchSize, single }: { batchSize: number; single: boolean },
): Promise<Buffer> {
  const batch = await engine.read(source.pull(batchSize, answerBytes), request.deadline);
  const id = source.exhausted || single ? 0n : engine.cursors.add(namespace, source);
  return cursorAnswer(namespace, id, 'firstBatch', batch);
}

function querySpec(body: Document, filterField: string) {
  return {
    filter: documentArgument(body, filterField) ?? {},
    sort: documentArgument(body, 'sort'),
    hint: body.hint as Value | undefined,
  };
}

/** `limit` as find takes it; a negative one was MongoDB's old way to ask for a single batch. */
function findSource(engine: Engine, namespace: string, body: Document): { source: Source; query: Query } {
  const collection = engine.catalog.find(namespace);
  const query = compileQuery(collection, querySpec(body, 'filter'));
  const projection = compileProjection(documentArgument(body, 'projection') ?? {});
  const options = {
    skip: countArgument(body, 'skip', 0),
    limit: countArgument(body, 'limit', 0),
    projection,
  };
  if (collection === undefined) return { source: new ListSource([]), query };
  return { source: new FindSource(engine.env, collection, query, options), query };
}

export async function find(engine: Engine, request: Request): Promise<Buffer> {
  checkCommand(request, findArguments);
  const namespace = namespaceOf(request);
  const { source } = findSource(engine, namespace, request.body);
  return firstAnswer(engine, request, namespace, source, {
    batchSize: countArgument(request.body, 'batchSize', firstBatch),
    single: flagArgument(request.body, 'singleBatch'),
  });
}

export async function getMore(engine: Engine, request: Request): Promise<Buffer> {
  checkCommand(request, ['collection', 'batchSize']);
  const id = request.body.getMore;
  if (typeof id !== 'bigint')
    throw new StoreError('TypeMismatch', "BSON field 'getMore.getMore' is not a long");
  const namespace = `${request.database}.${stringArgument(request.body, 'collection')}`;
  const source = engine.cursors.find(id, namespace);
  const count = countArgument(request.body, 'batchSize', 0) || Number.POSITIVE_INFINITY;
  const batch = await engine.read(source.pull(count, answerBytes), request.deadline);
  if (source.exhausted) engine.cursors.remove(id);
  return cursorAnswer(namespace, source.exhausted ? 0n : id, 'nextBatch', batch);
}

export async function killCursors(engine: Engine, request: Request): Promise<Record<string, unknown>> {
  checkCommand(request, ['cursors']);
  const { cursors } = request.body;
  if (!Array.isArray(cursors))
    throw new StoreError('TypeMismatch', "BSON field 'killCursors.cursors' is no array");
  const killed: bigint[] = [];
  const notFound: bigint[] = [];
  for (const id of cursors) {
    if (typeof id !== 'bigint') throw new StoreError('TypeMismatch', 'a cursor id must be a long');
    (engine.cursors.remove(id) ? killed : notFound).push(id);
  }
  return { cursorsKilled: killed, cursorsNotFound: notFound, cursorsAlive: [], cursorsUnknown: [], ok: 1 };
}

export async function aggregate(engine: Engine, request: Request): Promise<Buffer> {
  checkCommand(request, ['pipeline', 'cursor', 'hint', 'allowDiskUse']);
  const namespace = namespaceOf(request);
  const cursor = requiredDocument(request.body, 'cursor');
  checkArguments('aggregate.cursor', cursor, ['batchSize']);
  const stages = documentsArgument(request.body, 'pipeline');
  const documents = await engine.read(
    runPipeline(engine, namespace, stages, request.body.hint),
    request.deadline,
  );
  return firstAnswer(engine, request, namespace, new ListSource(documents), {
    batchSize: countArgument(cursor, 'batchSize', firstBatch),
    single: false,
  });
}

function* countMatches(engine: Engine, namespace: string, query: Query, limit: number): Work<number> {
  const collection = engine.catalog.find(namespace);
  if (collection === undefined) return 0;
  if (query.matcher.all && query.plan.stage === 'COLLSCAN') return Math.min(collection.count, limit);
  const matches = new Matches(engine.env, collection, query);
  let count = 0;
  while (count < limit && (yield* matches.next()) !== undefined) {
    count += 1;
    if (sliceSpent()) yield;
  }
  return count;
}

export async function count(engine: Engine, request: Request): Promise<Record<string, unknown>> {
  checkCommand(request, ['query', 'limit', 'skip', 'hint']);
  const namespace = namespaceOf(request);
  const { body } = request;
  const query = compileQuery(engine.catalog.find(namespace), querySpec(body, 'query'));
  const skip = countArgument(body, 'skip', 0);
  const limit = countArgument(body, 'limit', 0) || Number.POSITIVE_INFINITY;
  const n = await engine.read(countMatches(engine, namespace, query, limit + skip), request.deadline);
  return { n: Math.max(0, n - skip), ok: 1 };
}

function* distinctValues(engine: Engine, namespace: string, query: Query, path: string): Work<Value[]> {
  const collection = engine.catalog.find(namespace);
  if (collection === undefined) return [];
  const matches = new Matches(engine.env, collection, query);
  const parts = path.split('.');
  const fields = new Set([parts[0] as string]);
  const values = new Map<string, Value>();
  for (;;) {
    const found = yield* matches.next();
    if (found === undefined) return [...values.values()];
    for (const value of valuesAt(readFields(found.raw, fields), parts)) {
      for (const each of Array.isArray(value) ? value : [value]) {
        if (each !== undefined && !values.has(identity(each))) values.set(identity(each), each);
      }
    }
    if (sliceSpent()) yield;
  }
}

export async function distinct(engine: Engine, request: Request): Promise<Record<string, unknown>> {
  checkCommand(request, ['key', 'query', 'hint']);
  const namespace = namespaceOf(request);
  const query = compileQuery(engine.catalog.find(namespace), querySpec(request.body, 'query'));
  const path = stringArgument(request.body, 'key');
  return {
    values: await engine.read(distinctValues(engine, namespace, query, path), request.deadline),
    ok: 1,
  };
}

/** Says which way a find, count, distinct or aggregate (its leading $match and $sort) would go, and what it reads. */
export async function explain(engine: Engine, request: Request): Promise<Record<string, unknown>> {
  checkCommand(request, ['verbosity']);
  const inner = requiredDocument(request.body, 'explain');
  const [name] = Object.keys(inner);
  const namespace = namespaceOf({ ...request, name: name ?? '', body: inner });
  const body = explained(name ?? '', inner);
  const collection = engine.catalog.find(namespace);
  const query = compileQuery(collection, querySpec(body, 'filter'));
  const queryPlanner = { namespace, winningPlan: describePlan(query), rejectedPlans: [] };
  if (request.body.verbosity === 'queryPlanner' || collection === undefined) return { queryPlanner, ok: 1 };
  const options = { skip: countArgument(body, 'skip', 0), limit: countArgument(body, 'limit', 0) };
  const source = new FindSource(engine.env, collection, query, options);
  const found = await engine.read(
    source.pull(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY),
    request.deadline,
  );
  const { keysExamined, docsExamined } = source.matches.scan;
  return {
    queryPlanner,
    executionStats: {
      nReturned: found.length,
      totalKeysExamined: keysExamined,
      totalDocsExamined: docsExamined,
    },
    ok: 1,
  };
}

function explained(name: string, body: Document): Document {
  if (name === 'find') return body;
  if (name === 'count' || name === 'distinct') return { ...body, filter: body.query ?? {} };
  if (name === 'aggregate') {
    const [first, second] = documentsArgument(body, 'pipeline');
    const filter = first?.$match ?? {};
    const sort = first?.$match === undefined ? first?.$sort : second?.$sort;
    return {
      filter,
      ...(sort !== undefined && { sort }),
      ...(body.hint !== undefined && { hint: body.hint }),
    };
  }
  throw new StoreError('NotImplemented', `explain of '${name}' is not offered by the embedded store`);
}

function describePlan({ plan, matcher }: Query): Record<string, unknown> {
  const direction = plan.reverse ? 'backward' : 'forward';
  const filter = [...matcher.fields];
  const scan =
    plan.stage === 'COLLSCAN'
      ? { stage: 'COLLSCAN', direction, filteredFields: filter }
      : {
          stage: 'FETCH',
          filteredFields: filter,
          inputStage: {
            stage: 'IXSCAN',
            indexName: plan.index.name,
            keyPattern: Object.fromEntries(plan.index.key),
            isUnique: plan.index.unique,
            isMultiKey: plan.index.multikey,
            direction,
            intervals: plan.intervals.length,
          },
        };
  return plan.sorted ? scan : { stage: 'SORT', inputStage: scan };
}
