import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { embeddedStoreOf, keyPlace, noteInStore } from './backup.ts';
import { type JsonOption, withJson } from './json-option.ts';
import { BadUse, existingFile, print } from './run.ts';

interface Options extends JsonOption {
  yes?: boolean;
}

export function addRestore(program: Command): void {
  withJson(program.command('restore'))
    .description(
      'replace the embedded store by a backup, also while the service runs; sending is paused then',
    )
    .argument('<file>', 'what "golden-ear backup" made')
    .option('--yes', 'replace what the store holds now')
    .action(restore);
}

async function restore(path: string, options: Options): Promise<void> {
  const config = embeddedStoreOf('mongorestore');
  const file = resolve(existingFile(path));
  const { openStoreConnection } = await import('../store-connection.ts');
  const store = await openStoreConnection(config);
  try {
    await replaceStore(config, file, options.yes ?? false);
  } finally {
    await store.close();
  }
  const lines = [
    `Restored ${file}.`,
    'Sending is paused: what was mailed since the backup would be mailed again. To go on: golden-ear sending resume',
    `The secret key is not in the file: ${keyPlace(config)} must be the key of the backup.`,
  ];
  print({ file, paused: true, secretKey: keyPlace(config) }, lines.join('\n'), options);
}

/** Afterwards the store has what this version of the program wants, whichever version made the backup. */
async function replaceStore(config: Config, file: string, replace: boolean): Promise<void> {
  await import('../models.ts');
  const { adminCommand, ensureIndexes, storeIsEmpty } = await import('../../surveys/store.ts');
  const { holdRollUps } = await import('../../surveys/aggregates/index.ts');
  const { setSendingPaused } = await import('../../surveys/invitations/index.ts');
  const { systemClock } = await import('../../surveys/clock.ts');
  const { releaseLease } = await import('../../surveys/leases.ts');
  if (!replace && !(await storeIsEmpty())) {
    throw new BadUse(
      `The store in ${config.dataDir} is not empty, and all that it holds would be replaced: say --yes`,
    );
  }
  const lease = await holdRollUps({ clock: systemClock });
  try {
    await adminCommand({ restore: 1, path: file });
  } catch (error) {
    await releaseLease(lease);
    throw error;
  }
  await setSendingPaused(true);
  await ensureIndexes();
  await noteInStore(config, 'store.restored');
}
