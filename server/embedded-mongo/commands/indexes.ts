import { type Document, decode, encode, integerOf } from '../bson.ts';
import type { Collection } from '../catalog.ts';
import { cursorAnswer } from '../cursors.ts';
import type { Engine } from '../engine.ts';
import { fail } from '../errors.ts';
import type { Direction, Index } from '../keys.ts';
import { compileQuery, matchesOf } from '../query.ts';
import { changeEntries } from '../records.ts';
import { atOnce, sliceSpent, type Work } from '../work.ts';
import * as args from './arguments.ts';
import { existing } from './collections.ts';

type IndexSpec = Pick<Index, 'name' | 'key' | 'unique'>;

/** Reads one index of createIndexes. Throws with the name of whatever this store can't serve. */
function indexSpec({ key: given, name, unique, background, v, ...others }: Document): IndexSpec {
  const refuse = (thing: string): never =>
    fail('CannotCreateIndex', `${thing} is not offered by the embedded store`);
  const key = Object.entries(args.document(given, 'key')).map(([path, value]): [string, Direction] => {
    const direction = integerOf(value);
    if (direction !== 1 && direction !== -1)
      return refuse(`an index of type '${direction ?? value}' on '${path}'`);
    if (path.includes('$') || path.split('.').includes('')) refuse(`an index on '${path}'`);
    return [path, direction];
  });
  if (key.length === 0) refuse('an index on nothing');
  for (const [option, value] of Object.entries(others))
    if (value !== false) refuse(`the index option '${option}'`);
  const ownName = args.maybeText(name, 'name') ?? key.map((part) => part.join('_')).join('_');
  return { key, name: ownName, unique: args.flag(unique, 'unique') };
}

/** The same index that is there already, or undefined when it is new. Throws when name or keys are taken. */
function sameIndex({ indexes }: Collection, { name, key, unique }: IndexSpec): Index | undefined {
  const sameKey = (index: Index) => JSON.stringify(index.key) === JSON.stringify(key);
  if (key.length === 1 && key[0]?.[0] === '_id') return indexes[0];
  const byName = indexes.find((index) => index.name === name);
  if (byName && (!sameKey(byName) || byName.unique !== unique))
    fail('IndexKeySpecsConflict', `An index with other keys or options has the same name: '${name}'`);
  const byKey = indexes.find(sameKey);
  if (byKey && byKey.name !== name)
    fail('IndexOptionsConflict', `Index already exists with a different name: ${byKey.name}`);
  return byName;
}

/** Adds an index and fills it slice by slice. It is used after its commit: only what is on disk can be read. */
function* buildIndex(engine: Engine, collection: Collection, spec: IndexSpec): Work<void> {
  const index = engine.catalog.addIndex(collection, { ...spec, ready: false });
  for (const item of matchesOf(engine.env, compileQuery({ ...collection, indexes: [] }, {}))) {
    if (!collection.indexes.includes(index))
      fail('IndexNotFound', `the index ${index.name} was dropped meanwhile`);
    if (item) changeEntries(engine, collection, [index], item.record, { after: decode(item.raw) });
    if (item === undefined || sliceSpent()) yield;
  }
}

interface Built {
  before: number;
  after: number;
  isNew: boolean;
}

function* buildIndexes({ engine, namespace }: args.Request, specs: IndexSpec[]): Work<Built> {
  const isNew = engine.catalog.find(namespace()) === undefined;
  const collection = engine.catalog.findOrCreate(namespace());
  engine.catalog.dropUnready(collection);
  const before = collection.indexes.length;
  for (const spec of specs) if (!sameIndex(collection, spec)) yield* buildIndex(engine, collection, spec);
  return { isNew, before, after: collection.indexes.length };
}

const createIndexes = args.command({ indexes: args.documents }, async (request, { indexes }) => {
  const { engine, namespace, deadline } = request;
  const specs = indexes.map(indexSpec);
  if (specs.length === 0) fail('BadValue', 'Must specify at least one index to create');
  const onCollection = (action: (collection: Collection) => void) =>
    engine.write(atOnce(() => action(existing(engine, namespace()))));
  return engine.building(async () => {
    try {
      const { before, after, isNew } = await engine.write(buildIndexes(request, specs), deadline);
      if (after > before) await onCollection((collection) => engine.catalog.makeReady(collection));
      const note = after === before ? { note: 'all indexes already exist' } : {};
      const numbers = { numIndexesBefore: before, numIndexesAfter: after };
      return { createdCollectionAutomatically: isNew, ...numbers, ...note, ok: 1 };
    } catch (error) {
      await onCollection((collection) => engine.catalog.dropUnready(collection)).catch(() => undefined);
      engine.sweep();
      throw error;
    }
  });
});

function describeIndex({ key, name, unique }: Index): object {
  return { v: 2, key: Object.fromEntries(key), name, ...(unique && name !== '_id_' && { unique }) };
}

const listIndexes = args.command({ cursor: args.anything }, ({ engine, namespace }) => {
  const ready = existing(engine, namespace()).indexes.filter((index) => index.ready);
  const described = ready.map((index) => encode(describeIndex(index)));
  return cursorAnswer(namespace(), described);
});

export const commands = { createIndexes, listIndexes };
