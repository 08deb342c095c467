import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { openStore, type Store } from '../../server/embedded-mongo/index.ts';

import { connectStore, disconnectStore, ensureIndexes, forgetStore } from '../../surveys/store.ts';
import { testDatabase } from './mongodb.ts';

/**
 * Gives the suite a real store in a directory of its own, empty before each test.
 * With MONGODB_TEST_URI set, the suite runs on that server instead.
 */
export function useStore(): void {
  let store: Store | undefined;
  let directory: string | undefined;

  before(async () => {
    const uri = testDatabase(`store-${process.pid}`);
    if (!uri) {
      directory = mkdtempSync(join(tmpdir(), 'golden-ear-test-'));
      store = await openStore(directory);
    }
    await connectStore(uri ?? store!.uri);
    await ensureIndexes();
  });

  beforeEach(async () => {
    await Promise.all(Object.values(mongoose.models).map((model) => model.collection.deleteMany({})));
    forgetStore();
  });

  after(async () => {
    await disconnectStore();
    await store?.close();
    if (directory) rmSync(directory, { recursive: true, force: true });
  });
}
