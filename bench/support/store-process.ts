import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openStore } from '../../server/embedded-mongo/index.ts';

/** Owns the embedded store of a directory in a process of its own, so that others share it as they would a server. */
export async function startStoreProcess(dataDir: string): Promise<{ close(): Promise<void> }> {
  const child = fork(fileURLToPath(import.meta.url), [dataDir], { execArgv: ['--import', 'tsx'] });
  await once(child, 'message');
  return {
    async close() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

if (process.send && process.argv[1] === fileURLToPath(import.meta.url)) {
  const store = await openStore(process.argv[2]!);
  process.send('open');
  process.once('disconnect', () => void store.close().then(() => process.exit()));
}
