import { readDocument, readFields } from './bson/read.ts';
import { type Document, integerOf, isDocument, setField, type Value } from './bson/values.ts';
import { writeDocument } from './bson/write.ts';
import { notOffered, StoreError } from './errors.ts';
import { compileGroup } from './group.ts';
import { compileFilter } from './match.ts';
import { compileSort } from './plan.ts';
import { compileProjection } from './project.ts';
import { compileQuery, FindSource, Matches, sortBytesOf } from './query.ts';
import type { Engine } from './store.ts';
import { atOnce, sliceSpent, type Work } from './work.ts';

type Stage = (documents: Document[]) => Work<Document[]>;

const knownElsewhere = new Set(
  (
    '$addFields $bucket $bucketAuto $collStats $currentOp $densify $documents $facet $fill $geoNear $graphLookup ' +
    '$indexStats $listSessions $lookup $merge $out $planCacheStats $redact $replaceRoot $replaceWith $sample $search ' +
    '$set $setWindowFields $sortByCount $unionWith $unset $unwind'
  ).split(' '),
);

function stageOf(stage: Document): [string, Value] {
  const [only, ...more] = Object.entries(stage);
  if (only === undefined || more.length > 0) {
    throw new StoreError(
      'Location40323',
      'A pipeline stage specification object must contain exactly one field.',
    );
  }
  return only;
}

function operandDocument(name: string, operand: Value): Document {
  if (!isDocument(operand)) throw new StoreError('Location15959', `the ${name} stage takes an object`);
  return operand;
}

function wholeNumber(name: string, operand: Value, least: number): number {
  const number = integerOf(operand);
  if (number === undefined || number < least) {
    throw new StoreError(
      name === '$limit' ? 'Location15958' : 'Location15956',
      `invalid argument to ${name} stage: ${number}`,
    );
  }
  return number;
}

function* filtered(documents: Document[], matches: (document: Document) => boolean): Work<Document[]> {
  const kept: Document[] = [];
  for (const document of documents) {
    if (matches(document)) kept.push(document);
    if (sliceSpent()) yield;
  }
  return kept;
}

function* mapped(documents: Document[], change: (document: Document) => Document): Work<Document[]> {
  const changed: Document[] = [];
  for (const document of documents) {
    changed.push(change(document));
    if (sliceSpent()) yield;
  }
  return changed;
}

function compileStage(stage: Document): Stage {
  const [name, operand] = stageOf(stage);
  switch (name) {
    case '$match': {
      const { matches } = compileFilter(operandDocument(name, operand));
      return (documents) => filtered(documents, matches);
    }
    case '$group': {
      const group = compileGroup(operandDocument(name, operand));
      return function* (documents) {
        const groups = group.start();
        for (const document of documents) {
          groups.add(document);
          if (sliceSpent()) yield;
        }
        return groups.results();
      };
    }
    case '$sort': {
      const sort = compileSort(operandDocument(name, operand));
      if (sort.length === 0)
        throw new StoreError('Location15976', '$sort stage must have at least one sort key');
      return (documents) => {
        const keyed = documents.map((document) => ({ document, key: sortBytesOf(document, sort) }));
        return atOnce(() =>
          keyed.sort((a, b) => Buffer.compare(a.key, b.key)).map(({ document }) => document),
        );
      };
    }
    case '$project': {
      const projection = compileProjection(operandDocument(name, operand));
      if (!projection)
        throw new StoreError(
          'Location51272',
          'Invalid $project :: projection specification must have at least one field',
        );
      return (documents) => mapped(documents, projection.document);
    }
    case '$limit': {
      const limit = wholeNumber(name, operand, 1);
      return (documents) => atOnce(() => documents.slice(0, limit));
    }
    case '$skip': {
      const skip = wholeNumber(name, operand, 0);
      return (documents) => atOnce(() => documents.slice(skip));
    }
    case '$count': {
      if (typeof operand !== 'string' || operand === '' || operand.startsWith('$') || operand.includes('.')) {
        throw new StoreError(
          'Location40156',
          'the count field must be a non-empty string without $ and dots',
        );
      }
      return (documents) => {
        const counted: Document = {};
        setField(counted, operand, documents.length);
        return atOnce(() => (documents.length === 0 ? [] : [counted]));
      };
    }
    case '$changeStream':
      throw new StoreError('Location40573', 'The $changeStream stage is only supported on replica sets');
    default:
      if (knownElsewhere.has(name)) throw notOffered(`the pipeline stage ${name}`);
      throw new StoreError('Location40324', `Unrecognized pipeline stage name: '${name}'`);
  }
}

/** The leading $match, $sort, $skip and $limit stages as one find; how many stages that takes in. */
function leadingFind(stages: readonly Document[]) {
  let taken = 0;
  const find: { filter: Document; sort?: Document; skip: number; limit: number } = {
    filter: {},
    skip: 0,
    limit: 0,
  };
  for (const step of ['$match', '$sort', '$skip', '$limit'] as const) {
    const stage = stages[taken];
    if (stage === undefined || !(step in stage)) continue;
    const [, operand] = stageOf(stage);
    if (step === '$match') find.filter = operandDocument(step, operand);
    else if (step === '$sort') find.sort = operandDocument(step, operand);
    else if (step === '$skip') find.skip = wholeNumber(step, operand, 0);
    else find.limit = wholeNumber(step, operand, 1);
    taken += 1;
  }
  return { find, taken };
}

/** Runs an aggregation; the results as BSON. A group that comes first reads only the fields it needs. */
export function* runPipeline(
  engine: Engine,
  namespace: string,
  stages: readonly Document[],
  hint: Value | undefined,
): Work<Buffer[]> {
  const compiled = stages.map(compileStage);
  const { find, taken } = leadingFind(stages);
  const collection = engine.catalog.find(namespace);
  const query = compileQuery(collection, { ...find, hint });
  let documents: Document[] = [];
  let next = taken;
  const group = stages[taken]?.$group;
  if (collection !== undefined && isDocument(group) && find.skip === 0 && find.limit === 0) {
    const { fields, start } = compileGroup(group);
    const groups = start();
    const matches = new Matches(engine.env, collection, query);
    for (;;) {
      const found = yield* matches.next();
      if (found === undefined) break;
      groups.add(readFields(found.raw, fields));
      if (sliceSpent()) yield;
    }
    documents = groups.results();
    next += 1;
  } else if (collection !== undefined) {
    const source = new FindSource(engine.env, collection, query, find);
    const found = yield* source.pull(Number.POSITIVE_INFINITY, pipelineBytes);
    if (!source.exhausted) {
      throw new StoreError(
        'QueryExceededMemoryLimitNoDiskUseAllowed',
        `the pipeline holds more than ${pipelineBytes} bytes`,
      );
    }
    if (next >= compiled.length) return found;
    for (const raw of found) {
      documents.push(readDocument(raw));
      if (sliceSpent()) yield;
    }
  }
  for (const stage of compiled.slice(next)) documents = yield* stage(documents);
  return documents.map((document) => writeDocument(document));
}

/** What a pipeline that has to hold its documents may hold, in bytes. */
const pipelineBytes = 100 * 1024 * 1024;
