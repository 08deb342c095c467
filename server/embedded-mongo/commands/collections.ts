import { type Document, integerOf, isDocument } from '../bson/values.ts';
import { embed, joinArray, joinElements, writeDocument } from '../bson/write.ts';
import { notOffered, StoreError } from '../errors.ts';
import type { Direction, Index } from '../index-keys.ts';
import { compileFilter } from '../match.ts';
import { Matches } from '../query.ts';
import type { Collection } from '../storage.ts';
import type { Engine } from '../store.ts';
import { atOnce, sliceSpent, type Work } from '../work.ts';
import {
  checkCommand,
  documentArgument,
  documentsArgument,
  flagArgument,
  namespaceOf,
  type Request,
  requiredDocument,
  stringArgument,
} from './arguments.ts';

type Answer = Record<string, unknown>;

function existing(engine: Engine, namespace: string): Collection {
  const collection = engine.catalog.find(namespace);
  if (collection === undefined) throw new StoreError('NamespaceNotFound', `ns does not exist: ${namespace}`);
  return collection;
}

export async function create(engine: Engine, request: Request): Promise<Answer> {
  checkCommand(request, []);
  const namespace = namespaceOf(request);
  const work = atOnce(() => {
    if (engine.catalog.find(namespace)) {
      throw new StoreError('NamespaceExists', `Collection ${namespace} already exists.`);
    }
    engine.catalog.create(namespace);
  });
  await engine.write(work, request.deadline);
  return { ok: 1 };
}

export async function drop(engine: Engine, request: Request): Promise<Answer> {
  checkCommand(request, []);
  const namespace = namespaceOf(request);
  const work = atOnce(() => {
    const collection = engine.catalog.find(namespace);
    const nIndexesWas = collection?.indexes.length;
    if (collection !== undefined) engine.catalog.drop(collection);
    return nIndexesWas === undefined ? {} : { nIndexesWas, ns: namespace };
  });
  const dropped = await engine.write(work, request.deadline);
  engine.sweep();
  return { ...dropped, ok: 1 };
}

export async function dropDatabase(engine: Engine, request: Request): Promise<Answer> {
  checkCommand(request, []);
  const work = atOnce(() => {
    for (const collection of engine.catalog.list(request.database)) engine.catalog.drop(collection);
  });
  await engine.write(work, request.deadline);
  engine.sweep();
  return { dropped: request.database, ok: 1 };
}

/** Everything at once, in one batch. */
function listAnswer(namespace: string, documents: readonly Record<string, unknown>[]): Buffer {
  const batch = joinArray(documents.map((document) => writeDocument(document)));
  const rest = writeDocument({ id: 0n, ns: namespace }).subarray(4, -1);
  const cursor = joinElements([embed(0x04, 'firstBatch', batch), rest]);
  return joinElements([embed(0x03, 'cursor', cursor), writeDocument({ ok: 1 }).subarray(4, -1)]);
}

export async function listCollections(engine: Engine, request: Request): Promise<Buffer> {
  checkCommand(request, ['filter', 'nameOnly', 'cursor']);
  const { matches } = compileFilter(documentArgument(request.body, 'filter') ?? {});
  const collections = engine.catalog
    .list(request.database)
    .map(
      ({ namespace }): Document => ({
        name: namespace.slice(request.database.length + 1),
        type: 'collection',
      }),
    )
    .filter(matches);
  const nameOnly = flagArgument(request.body, 'nameOnly');
  const described = nameOnly
    ? collections
    : collections.map((each) => ({ ...each, options: {}, info: { readOnly: false } }));
  return listAnswer(`${request.database}.$cmd.listCollections`, described);
}

function describeIndex({ key, name, unique }: Index): Record<string, unknown> {
  return { v: 2, key: Object.fromEntries(key), name, ...(unique && name !== '_id_' && { unique }) };
}

export async function listIndexes(engine: Engine, request: Request): Promise<Buffer> {
  checkCommand(request, ['cursor']);
  const namespace = namespaceOf(request);
  const { indexes } = existing(engine, namespace);
  return listAnswer(namespace, indexes.filter((index) => index.ready).map(describeIndex));
}

type IndexSpec = Pick<Index, 'name' | 'key' | 'unique'>;

const indexTypes = new Set(['text', '2d', '2dsphere', 'hashed', 'geoHaystack']);
const refusedIndexOptions = new Set(
  'partialFilterExpression sparse expireAfterSeconds collation hidden weights default_language language_override textIndexVersion 2dsphereIndexVersion bits min max bucketSize wildcardProjection storageEngine'.split(
    ' ',
  ),
);

/** Reads one index of createIndexes. Throws with the name of whatever this store can't serve. */
export function indexSpec(spec: Document): IndexSpec {
  const key = Object.entries(requiredDocument(spec, 'key')).map(([path, value]): [string, Direction] => {
    if (typeof value === 'string' && indexTypes.has(value)) throw cannotCreate(`an index of type '${value}'`);
    if (path.includes('$**')) throw cannotCreate('a wildcard index');
    if (path === '' || path.split('.').includes('') || path.startsWith('$')) {
      throw new StoreError(
        'CannotCreateIndex',
        `Index keys cannot be an empty field or start with '$': '${path}'`,
      );
    }
    const direction = integerOf(value);
    if (direction !== 1 && direction !== -1) {
      throw new StoreError('CannotCreateIndex', `Values in the index key pattern must be 1 or -1: '${path}'`);
    }
    return [path, direction];
  });
  if (key.length === 0) throw new StoreError('CannotCreateIndex', 'Index keys cannot be empty.');
  for (const [option, value] of Object.entries(spec)) {
    if (refusedIndexOptions.has(option)) {
      if (value !== false) throw cannotCreate(`the index option '${option}'`);
    } else if (!['key', 'name', 'unique', 'background', 'v', 'ns'].includes(option)) {
      throw new StoreError(
        'InvalidIndexSpecificationOption',
        `The field '${option}' is not valid for an index specification`,
      );
    }
  }
  const name =
    spec.name === undefined
      ? key.map(([path, direction]) => `${path}_${direction}`).join('_')
      : stringArgument(spec, 'name');
  return { key, name, unique: flagArgument(spec, 'unique') };
}

function cannotCreate(thing: string): StoreError {
  return new StoreError('CannotCreateIndex', notOffered(thing).message);
}

/** The same index that is there already, or undefined when it is new. Throws when name or keys are taken. */
function sameIndex(collection: Collection, { name, key, unique }: IndexSpec): Index | undefined {
  const sameKey = (index: Index) => JSON.stringify(index.key) === JSON.stringify(key);
  if (key.length === 1 && key[0]?.[0] === '_id') return collection.indexes[0];
  const byName = collection.indexes.find((index) => index.name === name);
  if (byName && (!sameKey(byName) || byName.unique !== unique)) {
    throw new StoreError(
      'IndexKeySpecsConflict',
      `An existing index has the same name as the requested index: '${name}' with other keys or options`,
    );
  }
  const byKey = collection.indexes.find(sameKey);
  if (byKey && byKey.name !== name) {
    throw new StoreError('IndexOptionsConflict', `Index already exists with a different name: ${byKey.name}`);
  }
  return byName;
}

/** Adds the index, fills it slice by slice, and takes it away again when it can't be built. */
function* buildIndex(engine: Engine, collection: Collection, spec: IndexSpec): Work<void> {
  const index = engine.catalog.addIndex(collection, { ...spec, ready: false });
  const everything = { matcher: compileFilter({}), plan: wholeCollection, sort: [] };
  const matches = new Matches(engine.env, collection, everything);
  try {
    for (;;) {
      const found = yield* matches.next();
      if (found === undefined || !engine.catalog.holds(collection)) break;
      // The chunk may be older than the last slice: the document as it is now counts.
      const raw = engine.records.read(collection, found.record);
      if (raw !== undefined) engine.records.addToIndex(collection, index, found.record, raw);
      if (sliceSpent()) yield;
    }
  } catch (error) {
    if (engine.catalog.holds(collection)) engine.catalog.dropIndex(collection, index);
    throw error;
  }
  index.ready = true;
  engine.catalog.changed(collection);
}

const wholeCollection = { stage: 'COLLSCAN', reverse: false, sorted: true } as const;

function* runCreateIndexes(engine: Engine, namespace: string, specs: readonly IndexSpec[]): Work<Answer> {
  const createdCollectionAutomatically = engine.catalog.find(namespace) === undefined;
  const collection = engine.catalog.findOrCreate(namespace);
  const numIndexesBefore = collection.indexes.length;
  for (const spec of specs) if (!sameIndex(collection, spec)) yield* buildIndex(engine, collection, spec);
  const numIndexesAfter = collection.indexes.length;
  const note = numIndexesAfter === numIndexesBefore ? { note: 'all indexes already exist' } : {};
  return { createdCollectionAutomatically, numIndexesBefore, numIndexesAfter, ...note, ok: 1 };
}

export async function createIndexes(engine: Engine, request: Request): Promise<Answer> {
  checkCommand(request, ['indexes']);
  const specs = documentsArgument(request.body, 'indexes').map(indexSpec);
  if (specs.length === 0) throw new StoreError('BadValue', 'Must specify at least one index to create');
  return engine.write(runCreateIndexes(engine, namespaceOf(request), specs), request.deadline);
}

function indexesToDrop(collection: Collection, wanted: unknown): Index[] {
  const droppable = collection.indexes.filter((index) => index.name !== '_id_');
  if (wanted === '*') return droppable;
  const names = Array.isArray(wanted) ? wanted : [wanted];
  return names.map((name) => {
    const key = isDocument(name) ? JSON.stringify(Object.entries(name)) : undefined;
    const index = collection.indexes.find((each) =>
      key ? JSON.stringify(each.key) === key : each.name === name,
    );
    if (index === undefined)
      throw new StoreError('IndexNotFound', `index not found with name [${String(name)}]`);
    if (index.name === '_id_') throw new StoreError('InvalidOptions', 'cannot drop _id index');
    return index;
  });
}

export async function dropIndexes(engine: Engine, request: Request): Promise<Answer> {
  checkCommand(request, ['index']);
  const namespace = namespaceOf(request);
  const work = atOnce(() => {
    const collection = existing(engine, namespace);
    const nIndexesWas = collection.indexes.length;
    for (const index of indexesToDrop(collection, request.body.index))
      engine.catalog.dropIndex(collection, index);
    return { nIndexesWas };
  });
  const dropped = await engine.write(work, request.deadline);
  engine.sweep();
  return { ...dropped, ok: 1 };
}
