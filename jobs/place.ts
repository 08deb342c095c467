import type { Context } from '../surveys/context.ts';
import type { Random } from './backoff.ts';
import { type Reserve, reserveHere } from './deliver/pace.ts';
import { createInProcessQueue } from './queue/in-process.ts';
import type { Queue, Registry } from './queue/queue.ts';
import type { Payloads } from './registry.ts';

/** Where jobs wait, and who gives each mail its place in time. */
export interface Place {
  reserve: Reserve;
  open(registry: Registry<Payloads>, options: { random?: Random }): Queue<Payloads>;
}

/** The memory of this process. What is shared by several is in place-in-redis.ts, loaded only where it is used. */
export function inThisProcess({ log }: Context): Place {
  return {
    reserve: reserveHere(),
    open: (registry, { random }) => createInProcessQueue(registry, { log, ...(random && { random }) }),
  };
}
