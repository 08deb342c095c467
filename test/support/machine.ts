import { availableParallelism, loadavg } from 'node:os';

/** Whether fewer want to run than there are processors: only then can a promise in seconds be held against the clock. */
export const machineIsFree = () => loadavg()[0]! < availableParallelism();
