import type { Command } from 'commander';
import { addImportOptions, type ImportOptions, importFile } from './import-file.ts';
import { addUndo, importByMapping } from './import-historic.ts';
import { withInstallation } from './run.ts';

export function addResponses(program: Command): void {
  const responses = program.command('responses').description('answers that were gathered elsewhere');
  addUndo(responses);
  addImportOptions(responses.command('import'))
    .description('store a file of answer sets; safe to repeat')
    .argument('<file>', 'NDJSON: an item of POST /v1/responses on each line; or CSV')
    .option('--mapping <file>', 'JSON that says which columns are answers to what (needed for CSV)')
    .action(run);
}

async function run(
  file: string,
  { mapping, ...options }: ImportOptions & { mapping?: string },
): Promise<void> {
  if (mapping !== undefined) return importByMapping(file, mapping, options);
  const { importResponses } = await import('../../surveys/responses/index.ts');
  await importFile(file, options, (how) => withInstallation((ctx) => importResponses(ctx, how)));
}
