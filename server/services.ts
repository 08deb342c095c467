import type { Context } from '../surveys/context.ts';
import type { Config } from './config.ts';

/** What the door needs to answer: the context of the rules and the settings of this process. */
export interface Services {
  ctx: Context;
  config: Config;
}
