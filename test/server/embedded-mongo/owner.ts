import { openStore } from '../../../server/embedded-mongo/index.ts';

/**
 * A process that owns the store of a directory and serves it until SIGTERM. It prints its process number and the URI:
 * who started it may have started another program around it.
 */
const store = await openStore(process.argv[2] ?? '');
process.stdout.write(`${process.pid} ${store.uri}\n`);
process.once('SIGTERM', () => void store.close());
