import type { ReportData } from '../../schemas/generated/report-data.ts';
import type { Context } from '../../surveys/context.ts';
import { dataFile, gatherData } from './gather-data.ts';
import type { ReportChoice } from './read-figures.ts';
import type { ReportDocument } from './report-document.ts';
import { fillTemplate } from './template.ts';
import { templateText } from './template-file.ts';
import { toHtml } from './to-html.tsx';
import { toOdt } from './to-odt.ts';
import type { ReportLanguage } from './wording.ts';
import { reportWords } from './words.ts';

export const reportFormats = ['html', 'pdf', 'odt', 'json'] as const;
/** `json`: the data that the report rests on, to make it again. */
export type ReportFormat = (typeof reportFormats)[number];

export interface Report {
  document: ReportDocument;
  data: ReportData;
}

/**
 * Makes a report from a release, with the template of the municipality where it has one.
 * @throws Problem `notFound` (release or period), `invalidTemplate`
 */
export async function makeReport(
  ctx: Pick<Context, 'clock'>,
  dataDir: string,
  { language, ...choice }: ReportChoice & { language: ReportLanguage },
): Promise<Report> {
  return reportOf(await gatherData(ctx, choice), dataDir, language);
}

/** Makes a report from frozen data: the same data and template give the same bytes. @throws Problem `invalidTemplate` */
export async function reportOf(data: ReportData, dataDir: string, language: ReportLanguage): Promise<Report> {
  const template = await templateText(dataDir, language);
  return { document: fillTemplate(template, await reportWords(data, language)), data };
}

/** A report as a file. The date in it is that of its release, so that the same report is the same file. */
export async function writeReport(
  { document, data }: Report,
  format: ReportFormat,
): Promise<string | Buffer> {
  const madeAt = new Date(data.release.createdAt);
  switch (format) {
    case 'html':
      return toHtml(document);
    case 'pdf': {
      // What sets pages is 2 MB of code, which a start need not wait for.
      const { toPdf } = await import('./to-pdf.ts');
      return toPdf(document, madeAt);
    }
    case 'odt':
      return toOdt(document, madeAt);
    case 'json':
      return dataFile(data);
  }
}

/** The name of a report's file; its data is the same in every language. */
export function reportFileName(
  { data: { kind, period, release } }: Report,
  language: ReportLanguage,
  format: ReportFormat,
): string {
  return `report-${kind}-${period}-${release.number}.${format === 'json' ? 'data' : language}.${format}`;
}
