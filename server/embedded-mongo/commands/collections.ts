import { type Document, encode } from '../bson.ts';
import type { Collection } from '../catalog.ts';
import { cursorAnswer } from '../cursors.ts';
import type { Engine } from '../engine.ts';
import { fail } from '../errors.ts';
import { compileFilter } from '../filter.ts';
import { atOnce } from '../work.ts';
import * as args from './arguments.ts';

export function existing(engine: Engine, namespace: string): Collection {
  return engine.catalog.find(namespace) ?? fail('NamespaceNotFound', `ns does not exist: ${namespace}`);
}

const create = args.command({}, async ({ engine, namespace, deadline }) => {
  const work = atOnce(() => {
    if (engine.catalog.find(namespace()))
      fail('NamespaceExists', `Collection ${namespace()} already exists.`);
    engine.catalog.create(namespace());
  });
  await engine.write(work, deadline);
  return { ok: 1 };
});

/** Drops what is there, and starts removing it in the background. */
async function dropAll({ engine, deadline }: args.Request, collections: () => Collection[]): Promise<void> {
  const work = atOnce(() => {
    for (const collection of collections()) engine.catalog.drop(collection);
  });
  await engine.write(work, deadline);
  engine.sweep();
}

const drop = args.command({}, async (request) => {
  const ns = request.namespace();
  const collection = request.engine.catalog.find(ns);
  if (collection === undefined) return { ok: 1 };
  const nIndexesWas = collection.indexes.length;
  await dropAll(request, () => request.engine.catalog.list().filter(({ namespace }) => namespace === ns));
  return { nIndexesWas, ns, ok: 1 };
});

const dropDatabase = args.command({}, async (request) => {
  await dropAll(request, () => request.engine.catalog.list(request.database));
  return { dropped: request.database, ok: 1 };
});

const listCollections = args.command(
  {
    filter: args.documentOrAll,
    nameOnly: args.flag,
    authorizedCollections: args.flag,
    cursor: args.anything,
  },
  ({ engine, database }, { filter, nameOnly }) => {
    const { matches } = compileFilter(filter);
    const names = engine.catalog.list(database).map(({ namespace }) => namespace.slice(database.length + 1));
    const listed = names.map((name): Document => ({ name, type: 'collection' })).filter(matches);
    const details = nameOnly ? {} : { options: {}, info: { readOnly: false } };
    const encoded = listed.map((each) => encode({ ...each, ...details }));
    return cursorAnswer(`${database}.$cmd.listCollections`, encoded);
  },
);

export const commands = { create, drop, dropDatabase, listCollections };
