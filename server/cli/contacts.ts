import type { Command } from 'commander';
import { loadConfig } from '../config.ts';
import { addImportOptions, type ImportOptions, importFile } from './import-file.ts';
import { parseInstant } from './instant.ts';
import { readJson } from './read-json.ts';
import { BadUse, existingFile, withInstallation } from './run.ts';

interface ContactsOptions extends ImportOptions {
  mapping?: string;
  asOf?: Date;
}

export function addContacts(program: Command): void {
  const contacts = program
    .command('contacts')
    .description('contacts that residents had with the municipality');
  addImportOptions(contacts.command('import'))
    .description('decide about every contact in a file and plan the invitations; safe to repeat')
    .argument('<file>', 'CSV, or NDJSON (.ndjson, .jsonl)')
    .option('--mapping <file>', 'JSON that says which columns make a contact (needed for CSV)')
    .option(
      '--as-of <time>',
      'decide as if it were then, for instance 2025-03-25T12:00:00Z (not in production)',
      parseInstant,
    )
    .action(run);
}

async function run(file: string, { mapping, asOf, ...options }: ContactsOptions): Promise<void> {
  existingFile(file);
  if (asOf && loadConfig(process.env).production) {
    throw new BadUse('--as-of is for trying things out; production decides as of now');
  }
  const columns = mapping === undefined ? undefined : await readJson(mapping);
  const { importContacts } = await import('../../surveys/contacts/import/index.ts');
  await importFile(file, options, (how) =>
    withInstallation((ctx) => importContacts(ctx, { ...how, mapping: columns, ...(asOf && { asOf }) })),
  );
}
