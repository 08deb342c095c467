import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Command, Option } from 'commander';
import type { FormatName } from '../exports/formats.ts';
import { type JsonOption, withJson } from './json-option.ts';
import { queryOf, withQuery } from './query-options.ts';
import { BadUse, noteDone, withInstallation } from './run.ts';

interface ExportOptions extends JsonOption {
  out?: string;
  flavour: 'plain' | 'excel-nl';
  format?: FormatName;
}

export function addAggregates(program: Command): void {
  const aggregates = program.command('aggregates').description('released scores');
  withJson(withQuery(aggregates.command('export')))
    .description(
      'write a table of released scores in a format, by default CSV; with --json as the API gives it. Beside CSV in a file come its metadata, FILE-metadata.json (CSV on the Web)',
    )
    .addOption(
      new Option(
        '--flavour <flavour>',
        'of the CSV: commas and points, or as Excel in a Dutch locale reads it',
      )
        .choices(['plain', 'excel-nl'])
        .default('plain'),
    )
    .option('--out <file>', 'where to write it; default standard output')
    .action(exportReleased);
}

async function exportReleased(options: ExportOptions): Promise<void> {
  const { out, flavour, json, ...rest } = options;
  const query = queryOf(rest);
  const format = json ? 'json' : (query.format ?? (flavour === 'excel-nl' ? 'csv-excel' : 'csv'));
  const isBinary = ['xlsx', 'parquet', 'spss'].includes(format);
  if (isBinary && out === undefined && process.stdout.isTTY) throw new BadUse(`${format} needs --out FILE.`);
  const { readAggregates } = await import('../../surveys/aggregates/index.ts');
  const { exportTable } = await import('../exports/formats.ts');
  await withInstallation(async (ctx) => {
    const table = await readAggregates(query);
    await noteDone(ctx, 'figures.exported', table.survey);
    const now = ctx.clock.now();
    await write(await exportTable(table, format, now, query.lang), out);
    if (format !== 'csv' || out === undefined) return;
    const metadata = JSON.parse(String(await exportTable(table, 'csvw', now, query.lang))) as object;
    const described = { ...metadata, url: basename(out) };
    await writeFile(`${out}-metadata.json`, `${JSON.stringify(described, null, 2)}\n`);
  });
}

async function write(made: string | Buffer | Readable, out: string | undefined): Promise<void> {
  const source = made instanceof Readable ? made : Readable.from([made]);
  if (out === undefined) await pipeline(source, process.stdout, { end: false });
  else await pipeline(source, createWriteStream(out));
}
