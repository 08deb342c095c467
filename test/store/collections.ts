import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Collection, MongoClient } from 'mongodb';
import { openStore, type Store } from '../../server/embedded-mongo/index.ts';
import { isFerretDB, testDatabase } from '../support/mongodb.ts';

export type StoreKind = 'embedded' | 'ferretdb' | 'mongodb';

export interface Collections {
  kind: StoreKind;
  /** A collection that nothing has used. */
  fresh(): Collection;
}

/** Of all suites of this process, which may share a database. */
let count = 0;

/** Gives the suite collections in the embedded store, or on the server of MONGODB_TEST_URI. */
export function useCollections(): Collections {
  let client: MongoClient;
  let store: Store | undefined;
  let directory: string | undefined;

  const collections: Collections = {
    kind: 'embedded',
    fresh: () => client.db().collection(`things-${++count}`),
  };

  before(async () => {
    const uri = testDatabase(`semantics-${process.pid}`);
    if (!uri) {
      directory = mkdtempSync(join(tmpdir(), 'golden-ear-semantics-'));
      store = await openStore(directory);
    }
    client = await MongoClient.connect(uri ?? store!.uri, {
      writeConcern: { w: 'majority', journal: true },
      retryWrites: false,
    });
    if (uri)
      collections.kind = (await isFerretDB((command) => client.db().command(command)))
        ? 'ferretdb'
        : 'mongodb';
  });
  after(async () => {
    await client.close();
    await store?.close();
    if (directory) rmSync(directory, { recursive: true, force: true });
  });
  return collections;
}
