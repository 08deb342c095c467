import type { Redis } from 'ioredis';

/** Resolves when the next mail may go, to true; or to false when none may go now. */
export type Pace = () => Promise<boolean>;

/**
 * Takes the next place in time, so many microseconds after the one before, whoever took that. Resolves to the
 * milliseconds until then. Rejects when nobody can tell.
 */
export type Reserve = (intervalMicroseconds: number) => Promise<number>;

/**
 * Mails at an even pace, at most so many a second. A process waits for one place at a time: who stops gives up no more
 * than that one, and who comes late makes up for nothing.
 */
export function createPace(perSecond: number, reserve: Reserve): Pace {
  const interval = Math.ceil(1_000_000 / perSecond);
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    const turn = last.then(async () => {
      const ms = await reserve(interval);
      if (ms > 0) await new Promise((resolve) => setTimeout(resolve, Math.ceil(ms)));
      return true;
    });
    last = turn.catch(() => undefined);
    return turn.catch(() => false);
  };
}

/** Places in time of this process alone. */
export function reserveHere(): Reserve {
  let next = 0;
  return async (interval) => {
    const now = performance.now() * 1_000;
    const place = Math.max(now, next);
    next = place + interval;
    return (place - now) / 1_000;
  };
}

/** By the clock of Redis, in microseconds. Forgotten when nobody took a place for a minute. */
const script = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local place = math.max(now, tonumber(redis.call('GET', KEYS[1]) or '0'))
redis.call('SET', KEYS[1], string.format('%.0f', place + ARGV[1]), 'PX', 60000)
return place - now
`;

/** Places in time of all processes that share the key. `reachable` tells first whether Redis can be asked. */
export function reserveInRedis(client: Redis, key: string, reachable: () => Promise<boolean>): Reserve {
  return async (interval) => {
    if (!(await reachable())) throw new Error('Redis can not be reached.');
    return Number(await client.eval(script, 1, key, interval)) / 1_000;
  };
}
