import mongoose, { type IndexDefinition, type IndexOptions } from 'mongoose';
import { conflictWith, indexFault, isStored, type StoredIndex } from './store-indexes.ts';

mongoose.set('strictQuery', 'throw');

/**
 * Connects mongoose's default connection. Every write is answered only when it is on disk
 * (`w: majority, j: true`). Retryable writes are off, because a standalone server refuses them.
 */
export async function connectStore(uri: string): Promise<void> {
  await mongoose.connect(uri, {
    writeConcern: { w: 'majority', journal: true },
    retryWrites: false,
    autoIndex: false,
    autoCreate: false,
    maxPoolSize: 50,
    monitorCommands: true,
    serverSelectionTimeoutMS: 5_000,
  });
}

/**
 * Tells of every command that the store answers or refuses, with the seconds it took; also after a new connection.
 * @returns a function that ends this
 */
export function watchCommands(
  heard: (command: string, outcome: 'done' | 'failed', seconds: number) => void,
): () => void {
  const done = ({ commandName, duration }: mongoose.mongo.CommandSucceededEvent) =>
    heard(commandName, 'done', duration / 1_000);
  const failed = ({ commandName, duration }: mongoose.mongo.CommandFailedEvent) =>
    heard(commandName, 'failed', duration / 1_000);
  let client: mongoose.mongo.MongoClient | undefined;
  const stop = () => client?.off('commandSucceeded', done).off('commandFailed', failed);
  // Mongoose says `connected` again when a client that lost the store finds it back.
  const listen = () => {
    stop();
    client = mongoose.connection.getClient().on('commandSucceeded', done).on('commandFailed', failed);
  };
  mongoose.connection.on('connected', listen);
  if (mongoose.connection.readyState === mongoose.ConnectionStates.connected) listen();
  return () => {
    mongoose.connection.off('connected', listen);
    stop();
  };
}

/**
 * Creates the collections and indexes of all models that are loaded. Safe to repeat.
 *
 * Throws before anything is created when a model asks for an index that not every store serves, and when a collection
 * has one of its indexes with other options; each with the model, the index and the reason.
 */
export async function ensureIndexes(): Promise<void> {
  const models = Object.values(mongoose.models);
  refuse(models.flatMap((model) => faultsOf(model, indexFault)));
  const collections = new Set((await mongoose.connection.listCollections()).map(({ name }) => name));
  for (const model of models) {
    const isThere = collections.has(model.collection.collectionName);
    const stored = isThere ? ((await model.collection.indexes()) as StoredIndex[]) : [];
    refuse(faultsOf(model, (key, options) => conflictWith(stored, key, options)));
    const missing = model.schema.indexes().filter(([key]) => !isStored(stored, key as IndexDefinition));
    // Each command is a write to disk: of a new collection, its indexes make it too.
    if (missing.length > 0) await model.collection.createIndexes(missing.map(toDescription));
    else if (!isThere) await model.createCollection();
  }
}

function toDescription([key, options]: [IndexDefinition, IndexOptions]): mongoose.mongo.IndexDescription {
  return { ...options, key } as mongoose.mongo.IndexDescription;
}

/** One line for each index of the model that has a fault. */
function faultsOf({ modelName, schema }: Model, faultOf: typeof indexFault): string[] {
  return schema.indexes().flatMap(([key, options]) => {
    const fault = faultOf(key as IndexDefinition, options);
    return fault
      ? [`${modelName}: the index on ${Object.keys(key).join(', ')} can't be served: ${fault}.`]
      : [];
  });
}

type Model = Pick<(typeof mongoose.models)[string], 'modelName' | 'schema'>;

function refuse(faults: string[]): void {
  if (faults.length > 0) throw new Error(faults.join('\n'));
}

const forgetting = new Set<() => void>();

/** Registers how something forgets what it remembers of the store. Whatever keeps a copy in memory calls this. */
export function whenStoreChanges(forget: () => void): void {
  forgetting.add(forget);
}

/** Forgets all copies in memory, for when the store under a running process is another one (restored, emptied). */
export function forgetStore(): void {
  for (const forget of forgetting) forget();
}

// What answers after an interruption may have been restored meanwhile.
mongoose.connection.on('disconnected', forgetStore);

export async function disconnectStore(): Promise<void> {
  await mongoose.disconnect();
}

/** Whether the store holds nothing yet. */
export async function storeIsEmpty(): Promise<boolean> {
  const { db } = mongoose.connection;
  if (!db) throw new Error('The store is not connected');
  for (const { name } of await db.listCollections({}, { nameOnly: true }).toArray()) {
    if (await db.collection(name).findOne({}, { projection: { _id: 1 } })) return false;
  }
  return true;
}

/** Runs a command of the store's administration. */
export async function adminCommand(command: Record<string, unknown>): Promise<Record<string, unknown>> {
  const { db } = mongoose.connection;
  if (!db) throw new Error('The store is not connected');
  return db.admin().command(command);
}

/** The name of the database that is connected. */
export function storeName(): string {
  return mongoose.connection.name;
}

/** Resolves when the store answers, and rejects when it does not. */
export async function pingStore(): Promise<void> {
  const { db } = mongoose.connection;
  if (!db) throw new Error('The store is not connected');
  await db.command({ ping: 1 });
}

/**
 * Whether the server changes a document in one step, on which everything that happens once relies. FerretDB 1, known by
 * a field that no other server gives, reads it, changes it and writes it back: of two changes at once one can be lost.
 */
export async function changesInOneStep(): Promise<boolean> {
  const { db } = mongoose.connection;
  if (!db) throw new Error('The store is not connected');
  return !('ferretdbVersion' in (await db.command({ buildInfo: 1 })));
}
