import type { Context } from '../surveys/context.ts';
import type { Config } from './config.ts';

/** What the door needs to answer. */
export interface Services {
  /** Clock, keys and log of the rules. */
  ctx: Context;
  /** The settings of this process. */
  config: Config;
  /** What the service can't do without, by name: each resolves when its dependency answers. */
  dependencies: Readonly<Record<string, () => Promise<unknown>>>;
}
