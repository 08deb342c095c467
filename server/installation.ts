import { type Clock, systemClock } from '../surveys/clock.ts';
import type { Context } from '../surveys/context.ts';
import { publishCatalogue } from '../surveys/definitions/index.ts';
import { deriveKeys } from '../surveys/keys.ts';
import { migrateStore, refuseNewerStore } from '../surveys/migrations/index.ts';
import { ensureIndexes } from '../surveys/store.ts';
import type { Config } from './config.ts';
import { createLogger } from './log.ts';
import './models.ts';
import { secretKeyOf } from './secret-key.ts';
import { openStoreConnection, type StoreConnection } from './store-connection.ts';
import { refuseOtherKey } from './store-key.ts';

/** An installation that is open for work: its store is connected, its keys are known. */
export interface Installation extends StoreConnection {
  ctx: Context;
}

/**
 * Opens the installation that the settings point at. A second process on the same data directory joins the
 * store of the first, so that commands work beside a running service. The built-in surveys are published
 * when they are not yet there, and stored data of an earlier version are brought up to this one.
 * @throws Error when the store is of a newer version, or was filled with another key
 */
export async function openInstallation(config: Config, clock: Clock = systemClock): Promise<Installation> {
  const keys = deriveKeys(config.secretKey ?? secretKeyOf(config.dataDir));
  const textMessages = config.notify?.smsTemplate !== undefined;
  const letters = config.notify?.letterTemplate !== undefined;
  const ctx = { clock, keys, log: createLogger(config.logLevel), textMessages, letters };
  const store = await openStoreConnection(config);
  try {
    await refuseNewerStore();
    await refuseOtherKey(keys);
    await ensureIndexes();
    await migrateStore({ onProgress: (line) => console.error(line) });
    await publishCatalogue(ctx);
  } catch (error) {
    await store.close();
    throw error;
  }
  return { ctx, ...store };
}
