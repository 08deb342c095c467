/** Lets worker threads run TypeScript too: `--import=tsx` registers in the main thread only. */
import { isMainThread } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

if (!isMainThread) register();
