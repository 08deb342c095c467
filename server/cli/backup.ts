import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { type Config, loadConfig } from '../config.ts';
import { type JsonOption, withJson } from './json-option.ts';
import { BadUse, noteDone, print } from './run.ts';

export function addBackup(program: Command): void {
  withJson(program.command('backup'))
    .description('copy the embedded store into a new file, also while the service runs')
    .argument('<file>', 'where to; it must not be there yet')
    .action(backup);
}

async function backup(path: string, options: JsonOption): Promise<void> {
  const config = embeddedStoreOf('mongodump');
  const file = resolve(path);
  if (existsSync(file)) throw new BadUse(`${path} is there already; a backup overwrites nothing`);
  if (!existsSync(config.dataDir)) throw new BadUse(`There is no data directory ${config.dataDir}`);
  const { openStoreConnection } = await import('../store-connection.ts');
  const { adminCommand } = await import('../../surveys/store.ts');
  const store = await openStoreConnection(config);
  try {
    await adminCommand({ backup: 1, path: file });
    await noteInStore(config, 'store.backedUp');
  } finally {
    await store.close();
  }
  const bytes = statSync(file).size;
  const lines = [
    `Backed up to ${file} (${(bytes / 1_000_000).toFixed(1)} MB).`,
    `The secret key is not in it: keep ${keyPlace(config)} too, somewhere else.`,
  ];
  print({ file, bytes, secretKey: keyPlace(config) }, lines.join('\n'), options);
}

/**
 * The settings of an installation on the embedded store.
 * @throws BadUse with the tool to use when the data lie on a server.
 */
export function embeddedStoreOf(tool: 'mongodump' | 'mongorestore'): Config {
  const config = loadConfig(process.env);
  if (config.mongodbUri) throw new BadUse(`The data are on the server of MONGODB_URI: use ${tool}`);
  return config;
}

/**
 * Writes down what was done with the whole store. Where the key is not there yet it can't be: making one here would
 * stand in the way of the key that belongs to the data.
 */
export async function noteInStore(config: Config, what: 'store.backedUp' | 'store.restored'): Promise<void> {
  const { secretKeyOf } = await import('../secret-key.ts');
  const { deriveKeys } = await import('../../surveys/keys.ts');
  const { systemClock } = await import('../../surveys/clock.ts');
  if (config.secretKey === undefined && !existsSync(keyPlace(config))) return;
  const keys = deriveKeys(config.secretKey ?? secretKeyOf(config.dataDir));
  await noteDone({ clock: systemClock, keys }, what);
}

/** Where the key is without which the data can't be used. */
export function keyPlace({ secretKey, dataDir }: Config): string {
  return secretKey === undefined ? join(dataDir, 'secret-key') : 'SECRET_KEY';
}
