import type { Logger } from 'pino';
import type { Clock } from './clock.ts';
import type { Count } from './counted.ts';
import type { Keys } from './keys.ts';

/** What rules need from the process that runs them. The store is mongoose's default connection. */
export interface Context {
  clock: Clock;
  keys: Keys;
  log: Logger;
  /** The request that this is done for: a UUID, or a trace id of 32 hex characters. */
  requestId?: string;
  /** Whether invitations may go as text messages, to who gave a phone number only. */
  textMessages?: boolean;
  /** Whether invitations may go as letters, to who gave a postal address only. */
  letters?: boolean;
  /** Counts what happens, where anybody wants to know. */
  count?: Count;
  /** Hears how each job ended, and how many seconds it took. */
  jobEnded?: (job: string, outcome: 'done' | 'failed', seconds: number) => void;
}
