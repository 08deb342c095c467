import type { Context } from '../surveys/context.ts';
import type { Config } from './config.ts';
import type { Operation } from './operation/index.ts';
import type { QueueBoard } from './operation/queue-board.ts';
import type { RateLimits } from './protection/rate-limits.ts';

/** What the door needs to answer. */
export interface Services {
  /** Clock, keys and log of the rules. */
  ctx: Context;
  /** The settings of this process. */
  config: Config;
  /** What an operator sees of it. */
  operation: Operation;
  /** How often anybody may ask. */
  limits: RateLimits;
  /** The queue in Redis to look at; absent without Redis. */
  queueBoard?: QueueBoard;
}
