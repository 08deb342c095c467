import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Collection, type Db, type Document, MongoClient } from 'mongodb';
import { openStore, type Store } from '../../../server/embedded-mongo/index.ts';

const writeConcern = { w: 'majority', journal: true } as const;

export interface Opened {
  store: Store;
  client: MongoClient;
  db: Db;
  close(): Promise<void>;
}

/** Opens the store in the directory and connects the real driver to it. */
export async function openWithClient(directory: string): Promise<Opened> {
  const store = await openStore(directory);
  const client = new MongoClient(store.uri, { writeConcern, maxPoolSize: 50 });
  await client.connect();
  const close = async (): Promise<void> => {
    await client.close();
    await store.close();
  };
  return { store, client, db: client.db(), close };
}

/** A directory that is removed after the suite. */
export function temporaryDirectory(): () => string {
  let directory = '';
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'ge-store-'));
  });
  after(() => rmSync(directory, { recursive: true, force: true }));
  return () => directory;
}

/**
 * Gives the suite an empty collection before each test, on the embedded store or on the server of MONGODB_TEST_URI.
 */
export function useCollection(): () => Collection<Document> {
  const directory = temporaryDirectory();
  let client: MongoClient;
  let store: Store | undefined;
  let collection: Collection<Document>;
  before(async () => {
    const uri = process.env.MONGODB_TEST_URI;
    if (!uri) store = await openStore(directory());
    client = new MongoClient(uri ?? store!.uri, { writeConcern, maxPoolSize: 50 });
    await client.connect();
  });
  beforeEach(async () => {
    collection = client.db(`ge_test_${process.pid}`).collection('things');
    await collection.drop().catch(() => undefined);
  });
  after(async () => {
    await client.db(`ge_test_${process.pid}`).dropDatabase();
    await client.close();
    await store?.close();
  });
  return () => collection;
}

/** The code of the error the promise is rejected with; undefined when it isn't. */
export async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: { code?: unknown; message: string }) => error.code ?? error.message,
  );
}
