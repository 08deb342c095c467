import { writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { type JsonOption, withJson } from './json-option.ts';
import { queryOf, withQuery } from './query-options.ts';
import { noteDone, withInstallation } from './run.ts';

interface ExportOptions extends JsonOption {
  out?: string;
  flavour: 'plain' | 'excel-nl';
}

export function addAggregates(program: Command): void {
  const aggregates = program.command('aggregates').description('released scores');
  withJson(withQuery(aggregates.command('export')))
    .description('write a table of released scores as CSV, or with --json as the API gives it')
    .addOption(
      new Option(
        '--flavour <flavour>',
        'of the CSV: commas and points, or as Excel in a Dutch locale reads it',
      )
        .choices(['plain', 'excel-nl'])
        .default('plain'),
    )
    .option('--out <file>', 'where to write it; default standard output')
    .action(exportTable);
}

async function exportTable({ out, flavour, json, ...options }: ExportOptions): Promise<void> {
  const query = queryOf(options);
  const { readAggregates, toCsv } = await import('../../surveys/aggregates/index.ts');
  const table = await withInstallation(async (ctx) => {
    const read = await readAggregates(query);
    await noteDone(ctx, 'figures.exported', read.survey);
    return read;
  });
  const text = json ? `${JSON.stringify(table)}\n` : toCsv(table, flavour);
  if (out === undefined) process.stdout.write(text);
  else await writeFile(out, text);
}
