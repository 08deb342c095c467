import { writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import type { Report, ReportFormat } from '../reports/make-report.ts';
import type { ReportKind } from '../reports/read-figures.ts';
import type { ReportLanguage } from '../reports/wording.ts';
import { type JsonOption, withJson } from './json-option.ts';
import { readJson } from './read-json.ts';
import { BadUse, noteDone, print, withInstallation } from './run.ts';

interface FileOptions extends JsonOption {
  format: ReportFormat;
  language: ReportLanguage;
  out?: string;
}

interface ReportOptions extends FileOptions {
  period?: string;
  release?: string;
}

const language = () => new Option('--language <language>', 'nl or en').choices(['nl', 'en']).default('nl');
const format = () =>
  new Option('--format <format>', 'of the file; json is the data to make it again with')
    .choices(['html', 'pdf', 'odt', 'json'])
    .default('html');

export function addReport(program: Command): void {
  const report = program.command('report').description('reports of released scores, and their template');
  for (const kind of ['quarterly', 'yearly'] as const) {
    const example = kind === 'yearly' ? '2026' : '2026-Q3';
    withJson(report.command(kind))
      .description(`write the ${kind === 'yearly' ? 'yearly service report' : 'quarterly overview'}`)
      .addOption(format())
      .addOption(language())
      .option('--period <period>', `for instance ${example}; default the newest released`)
      .option('--release <number>', 'from this release; default the newest')
      .option('--out <file>', 'where to write it; default its own name, here')
      .action((options: ReportOptions) => makeReportFile(kind, options));
  }
  withJson(report.command('again'))
    .description('make a report again from its data: the same data and template give the same file')
    .argument('<file>', 'the data, as --format json wrote it')
    .addOption(format())
    .addOption(language())
    .option('--out <file>', 'where to write it; default its own name, here')
    .action(makeAgain);
  withJson(report.command('template'))
    .description('print the template in use, to begin your own with')
    .addOption(language())
    .action(printTemplate);
}

async function makeReportFile(kind: ReportKind, options: ReportOptions): Promise<void> {
  const { language, period } = options;
  if (options.release !== undefined && !/^[1-9]\d{0,8}$/.test(options.release))
    throw new BadUse('--release must be the number of a release.');
  const release = options.release === undefined ? undefined : Number(options.release);
  const { makeReport } = await import('../reports/make-report.ts');
  await withInstallation(async (ctx, { dataDir }) => {
    const report = await makeReport(ctx, dataDir, { kind, language, period, release });
    await writeReportFile(report, options);
    await noteDone(ctx, 'figures.exported', `report-${kind}-${report.data.period}`);
  });
}

async function makeAgain(file: string, options: FileOptions): Promise<void> {
  const { checkData } = await import('../reports/gather-data.ts');
  const { reportOf } = await import('../reports/make-report.ts');
  const { loadConfig } = await import('../config.ts');
  const data = checkData(await readJson(file));
  await writeReportFile(await reportOf(data, loadConfig(process.env).dataDir, options.language), options);
}

async function writeReportFile(report: Report, { format, language, out, json }: FileOptions): Promise<void> {
  const { reportFileName, writeReport } = await import('../reports/make-report.ts');
  const { checksumOf } = await import('../reports/gather-data.ts');
  const file = out ?? reportFileName(report, language, format);
  await writeFile(file, await writeReport(report, format));
  const { period, release } = report.data;
  const made = { file, period, release: release.number, checksum: checksumOf(report.data) };
  const text = `${file}: ${period}, from release ${release.number}; its data has checksum ${made.checksum}`;
  print(made, text, { json });
}

async function printTemplate({ language, json }: Pick<FileOptions, 'language' | 'json'>): Promise<void> {
  const { templatePath, templateText } = await import('../reports/template-file.ts');
  const { loadConfig } = await import('../config.ts');
  const { dataDir } = loadConfig(process.env);
  const found = { template: await templateText(dataDir, language), ownFile: templatePath(dataDir, language) };
  print(found, found.template, { json });
  if (!json) console.error(`Your own goes in ${found.ownFile}`);
}
