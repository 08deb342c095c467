import type { Context } from '../surveys/context.ts';
import { reserveInRedis } from './deliver/pace.ts';
import type { Place } from './place.ts';
import { createBullQueue } from './queue/bull.ts';
import { openRedis, whenReady } from './queue/redis.ts';

/** Milliseconds to wait for Redis before mail stops. */
const patience = 2_000;

/** Redis, for all processes that name the same prefix. */
export function inRedis({ log }: Context, { url, prefix }: { url: string; prefix: string }): Place {
  const redis = openRedis(url, log);
  const reachable = () => whenReady(redis.client, patience);
  return {
    reserve: reserveInRedis(redis.client, `${prefix}:pace`, reachable),
    open: (registry, { random }) =>
      createBullQueue(registry, { redis, prefix, log, ...(random && { random }) }),
  };
}
