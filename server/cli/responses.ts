import type { Command } from 'commander';
import { addImportOptions, type ImportOptions, importFile } from './import-file.ts';
import { withInstallation } from './run.ts';

export function addResponses(program: Command): void {
  const responses = program.command('responses').description('answers that were gathered elsewhere');
  addImportOptions(responses.command('import'))
    .description('store a file of answer sets; safe to repeat')
    .argument('<file>', 'NDJSON: an item of POST /v1/responses on each line')
    .action(run);
}

async function run(file: string, options: ImportOptions): Promise<void> {
  const { importResponses } = await import('../../surveys/responses/index.ts');
  await importFile(file, options, (how) => withInstallation((ctx) => importResponses(ctx, how)));
}
