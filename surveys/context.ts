import type { Logger } from 'pino';
import type { Clock } from './clock.ts';
import type { Keys } from './keys.ts';

/** What rules need from the process that runs them. The store is mongoose's default connection. */
export interface Context {
  clock: Clock;
  keys: Keys;
  log: Logger;
}
