import { writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import type { ReportFormat } from '../reports/make-report.ts';
import type { ReportKind } from '../reports/read-figures.ts';
import type { ReportLanguage } from '../reports/wording.ts';
import { type JsonOption, withJson } from './json-option.ts';
import { BadUse, noteDone, print, withInstallation } from './run.ts';

interface ReportOptions extends JsonOption {
  format: ReportFormat;
  language: ReportLanguage;
  period?: string;
  release?: string;
  out?: string;
}

const language = () => new Option('--language <language>', 'nl or en').choices(['nl', 'en']).default('nl');

export function addReport(program: Command): void {
  const report = program.command('report').description('reports of released scores, and their template');
  for (const kind of ['quarterly', 'yearly'] as const) {
    const example = kind === 'yearly' ? '2026' : '2026-Q3';
    withJson(report.command(kind))
      .description(`write the ${kind === 'yearly' ? 'yearly service report' : 'quarterly overview'}`)
      .addOption(
        new Option('--format <format>', 'of the file').choices(['html', 'pdf', 'odt']).default('html'),
      )
      .addOption(language())
      .option('--period <period>', `for instance ${example}; default the newest released`)
      .option('--release <number>', 'from this release; default the newest')
      .option('--out <file>', 'where to write it; default its own name, here')
      .action((options: ReportOptions) => makeReportFile(kind, options));
  }
  withJson(report.command('template'))
    .description('print the template in use, to begin your own with')
    .addOption(language())
    .action(printTemplate);
}

async function makeReportFile(kind: ReportKind, options: ReportOptions): Promise<void> {
  const { format, language, period, json } = options;
  if (options.release !== undefined && !/^[1-9]\d{0,8}$/.test(options.release))
    throw new BadUse('--release must be the number of a release.');
  const release = options.release === undefined ? undefined : Number(options.release);
  const { makeReport, writeReport } = await import('../reports/make-report.ts');
  const made = await withInstallation(async (ctx, { dataDir }) => {
    const report = await makeReport(ctx, dataDir, { kind, language, period, release });
    const file = options.out ?? `report-${kind}-${report.period}-${report.release}.${language}.${format}`;
    await writeFile(file, await writeReport(report, format));
    await noteDone(ctx, 'figures.exported', `report-${kind}-${report.period}`);
    return { file, period: report.period, release: report.release };
  });
  print(made, `${made.file}: ${made.period}, from release ${made.release}`, { json });
}

async function printTemplate({ language, json }: Pick<ReportOptions, 'language' | 'json'>): Promise<void> {
  const { templatePath, templateText } = await import('../reports/make-report.ts');
  const { loadConfig } = await import('../config.ts');
  const { dataDir } = loadConfig(process.env);
  const found = { template: await templateText(dataDir, language), ownFile: templatePath(dataDir, language) };
  print(found, found.template, { json });
  if (!json) console.error(`Your own goes in ${found.ownFile}`);
}
