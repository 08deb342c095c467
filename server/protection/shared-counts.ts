import { type ClientRateLimitInfo, MemoryStore, type Options, type Store } from 'express-rate-limit';
import { RedisStore } from 'rate-limit-redis';
import { openRedis, type RedisLink } from '../../jobs/queue/redis.ts';
import { within } from '../../jobs/queue/within.ts';
import type { Context } from '../../surveys/context.ts';
import type { Config } from '../config.ts';
import { queuePrefix } from '../jobs.ts';
import type { SharedStores } from './rate-limits.ts';

/** Milliseconds that a visitor waits for Redis at most. */
const patience = 250;

/**
 * Counts in Redis, so that all processes count together. While Redis is away each process counts by itself: limits
 * get wider then, and nobody is refused or kept waiting because of it.
 */
class SharedCounts implements Store {
  readonly #link: RedisLink;
  readonly prefix: string;
  readonly #own = new MemoryStore();
  #options: Options | undefined;
  #shared: Promise<RedisStore> | undefined;

  constructor(link: RedisLink, prefix: string) {
    this.#link = link;
    this.prefix = prefix;
  }

  init(options: Options): void {
    this.#options = options;
    this.#own.init(options);
  }

  async increment(key: string): Promise<ClientRateLimitInfo> {
    return (await this.#ask((store) => store.increment(key))) ?? this.#own.increment(key);
  }

  async decrement(key: string): Promise<void> {
    await this.#ask((store) => store.decrement(key));
    await this.#own.decrement(key);
  }

  async resetKey(key: string): Promise<void> {
    await this.#ask((store) => store.resetKey(key));
    await this.#own.resetKey(key);
  }

  shutdown(): void {
    this.#own.shutdown();
  }

  /** @returns undefined when Redis does not answer in time */
  async #ask<T>(what: (store: RedisStore) => Promise<T>): Promise<T | undefined> {
    if (this.#link.client.status !== 'ready') return undefined;
    this.#shared ??= this.#open();
    try {
      return await within(patience, this.#shared.then(what));
    } catch (error) {
      // A store whose scripts were not loaded never recovers.
      this.#shared = undefined;
      this.#link.failed(error);
      return undefined;
    }
  }

  async #open(): Promise<RedisStore> {
    const { client } = this.#link;
    const store = new RedisStore({
      prefix: this.prefix,
      sendCommand: async (command: string, ...args: string[]) =>
        (await client.call(command, ...args)) as number | string,
    });
    if (this.#options) await store.init(this.#options);
    return store;
  }
}

/** Where the processes of an installation count together; undefined without Redis. */
export function openSharedCounts(ctx: Context, config: Config): SharedStores | undefined {
  if (!config.redisUrl) return undefined;
  const link = openRedis(config.redisUrl, ctx.log, { meanwhile: 'each process counts requests by itself' });
  const stores: SharedCounts[] = [];
  return {
    storeOf(name) {
      const store = new SharedCounts(link, `${queuePrefix(ctx, config)}:limit:${name}:`);
      stores.push(store);
      return store;
    },
    close() {
      for (const store of stores) store.shutdown();
      link.close();
    },
  };
}
