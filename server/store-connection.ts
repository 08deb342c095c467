import { connectStore, disconnectStore, forgetStore } from '../surveys/store.ts';
import type { Config } from './config.ts';

/** The connection of this process to its store. */
export interface StoreConnection {
  /**
   * To try when the store does not answer. The embedded store lives in one process, and when that ends, another one
   * takes it over: one of those that had joined it, or one that was started since. A server is where it was, and the
   * driver finds it back by itself.
   */
  rejoin(): Promise<void>;
  /** Disconnects; an embedded store that this process owns is closed. */
  close(): Promise<void>;
}

interface OpenStore {
  uri: string;
  /** The embedded store of another process. */
  joined: boolean;
  close(): Promise<void>;
}

/** Connects to the store of the settings: a server, or the embedded store in the data directory. */
export async function openStoreConnection(config: Config): Promise<StoreConnection> {
  let store = await openStoreOf(config);
  let connected = true;
  try {
    await connectStore(store.uri);
  } catch (error) {
    await disconnectStore();
    await store.close();
    throw error;
  }
  return {
    async rejoin() {
      if (store.joined) {
        const found = await openStoreOf(config);
        if (found.uri === store.uri) return found.close();
        connected = false;
        await disconnectStore();
        await store.close();
        store = found;
      }
      if (connected) return;
      await connectStore(store.uri);
      connected = true;
    },
    async close() {
      await disconnectStore();
      await store.close();
    },
  };
}

/** The embedded store is loaded only where it is used. */
async function openStoreOf(config: Config): Promise<OpenStore> {
  if (config.mongodbUri) return { uri: config.mongodbUri, joined: false, close: async () => {} };
  const { openStore } = await import('./embedded-mongo/index.ts');
  return openStore(config.dataDir, { onRestore: forgetStore });
}
