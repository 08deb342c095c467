import { watch } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { checkDataFile } from './data-file.ts';
import { Engine } from './engine.ts';
import { takeOwnership } from './ownership.ts';

/** An open store. */
export interface Store {
  /** For `mongoose.connect` or `new MongoClient`, as it is. */
  uri: string;
  /** Another process owns the directory; this one uses it over that one's socket. */
  joined: boolean;
  /** Waits for what is being written, then lets the directory go. Clients should be disconnected before. */
  close(): Promise<void>;
}

const databaseName = 'golden-ear';
const fileName = 'store.mdb';

/** Standalone servers take no retryable writes; the store is at hand at once or not at all. */
function uriOf(socketPath: string): string {
  const options = 'directConnection=true&retryWrites=false&serverSelectionTimeoutMS=5000';
  return `mongodb://${encodeURIComponent(socketPath)}/${databaseName}?${options}`;
}

async function openEngine(directory: string, onRestore: (() => void) | undefined): Promise<Engine> {
  const file = join(directory, fileName);
  try {
    await checkDataFile(file);
    const engine = new Engine(file, onRestore);
    await chmod(file, 0o600);
    return engine;
  } catch (error) {
    throw new Error(
      `The store in ${directory} can't be opened: ${(error as Error).message}. ` +
        'Nothing was changed in it. Restore the directory from a backup, or move it away to start with an empty one.',
      { cause: error },
    );
  }
}

/**
 * Opens the store in a directory, which is made when it isn't there. The first process owns it and serves it over a
 * unix socket; others join. `onRestore` is called when everything was replaced by a backup: in the owner before any
 * waiting command goes on, in others soon after. Throws an Error that says what to do when the files are damaged or of a newer format.
 */
export async function openStore(directory: string, options: { onRestore?: () => void } = {}): Promise<Store> {
  const { socketPath, server, release } = await takeOwnership(directory);
  const uri = uriOf(socketPath);
  if (server === undefined) {
    // A restore in the owner puts another file in the place of the store's.
    const watcher = watch(directory, { persistent: false }, (event, name) => {
      if (event === 'rename' && name === fileName) options.onRestore?.();
    });
    const close = () => release().finally(() => watcher.close());
    return { uri, joined: true, close };
  }
  const engine = await openEngine(directory, options.onRestore).catch(async (error: unknown) => {
    await release();
    throw error;
  });
  engine.sweep();
  server.serve(engine);
  return {
    uri,
    joined: false,
    // What is being written ends first: the next owner must find it on disk.
    close: () => engine.close().finally(release),
  };
}
