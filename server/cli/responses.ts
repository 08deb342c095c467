import type { Command } from 'commander';
import { addImportOptions, type ImportOptions, importFile } from './import-file.ts';
import { addUndo, importByMapping } from './import-historic.ts';
import { type JsonOption, withJson } from './json-option.ts';
import { print, withInstallation } from './run.ts';
import { hasYoungGenerationSize, runWithSmallYoungGeneration } from './small-young-generation.ts';

export function addResponses(program: Command): void {
  const responses = program.command('responses').description('answers');
  addUndo(responses);
  addImportOptions(responses.command('import'))
    .description('store a file of answer sets that were gathered elsewhere; safe to repeat')
    .argument('<file>', 'NDJSON: an item of POST /v1/responses on each line; or CSV')
    .option('--mapping <file>', 'JSON that says which columns are answers to what (needed for CSV)')
    .action(run);
  withJson(responses.command('export'))
    .description(
      'write answers one by one as CSV, generalised and without comments, as far as a grant of the privacy officer goes',
    )
    .requiredOption('--grant <number>', 'number of the grant, as the page of single answers tells it')
    .requiredOption('--out <file>', 'where to write it')
    .action(exportAll);
}

async function run(
  file: string,
  { mapping, ...options }: ImportOptions & { mapping?: string },
): Promise<void> {
  if (mapping !== undefined) return importByMapping(file, mapping, options);
  const { importResponses } = await import('../../surveys/responses/index.ts');
  await importFile(file, options, (how) => withInstallation((ctx) => importResponses(ctx, how)));
}

async function exportAll({ grant, out, json }: JsonOption & { grant: string; out: string }): Promise<void> {
  if (!hasYoungGenerationSize()) return runWithSmallYoungGeneration();
  const { exportRecords } = await import('./export-records.ts');
  const { countProgress } = await import('./progress.ts');
  const progress = countProgress();
  const done = await withInstallation((ctx) =>
    exportRecords(ctx, { grant, file: out }, progress.onProgress),
  ).finally(progress.stop);
  const text = `${done.records} answers in ${done.classes} combinations to ${done.file}; ${done.leftOut} left out, because fewer than 10 were alike.`;
  print(done, text, { json });
}
