import { type Clock, systemClock } from '../surveys/clock.ts';
import type { Context } from '../surveys/context.ts';
import { publishCatalogue } from '../surveys/definitions/index.ts';
import { deriveKeys } from '../surveys/keys.ts';
import { connectStore, disconnectStore, ensureIndexes } from '../surveys/store.ts';
import type { Config } from './config.ts';
import { createLogger } from './log.ts';
import './models.ts';
import { secretKeyOf } from './secret-key.ts';

/** An installation that is open for work: its store is connected, its keys are known. */
export interface Installation {
  ctx: Context;
  /** Disconnects; an embedded store that this process owns is closed. */
  close(): Promise<void>;
}

/**
 * Opens the installation that the settings point at. A second process on the same data directory joins the
 * store of the first, so that commands work beside a running service. The built-in surveys are published
 * when they are not yet there.
 */
export async function openInstallation(config: Config, clock: Clock = systemClock): Promise<Installation> {
  const keys = deriveKeys(config.secretKey ?? secretKeyOf(config.dataDir));
  const ctx = { clock, keys, log: createLogger(config.logLevel) };
  const store = await openStoreOf(config);
  try {
    await connectStore(store.uri);
    await ensureIndexes();
    await publishCatalogue(ctx);
  } catch (error) {
    await disconnectStore();
    await store.close();
    throw error;
  }
  return {
    ctx,
    close: async () => {
      await disconnectStore();
      await store.close();
    },
  };
}

/** The embedded store is loaded only where it is used. */
async function openStoreOf(config: Config): Promise<{ uri: string; close(): Promise<void> }> {
  if (config.mongodbUri) return { uri: config.mongodbUri, close: async () => {} };
  const { openStore } = await import('./embedded-mongo/index.ts');
  return openStore(config.dataDir);
}
