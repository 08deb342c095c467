import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../../surveys/context.ts';
import { type ReportKind, readFigures } from './read-figures.ts';
import { reportData } from './report-data.ts';
import type { ReportDocument } from './report-document.ts';
import { fillTemplate } from './template.ts';
import en from './templates/en.json' with { type: 'json' };
import nl from './templates/nl.json' with { type: 'json' };
import { toHtml } from './to-html.tsx';
import { toOdt } from './to-odt.ts';
import { toPdf } from './to-pdf.ts';
import type { ReportLanguage } from './wording.ts';

export const reportFormats = ['html', 'pdf', 'odt'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export interface ReportOptions {
  kind: ReportKind;
  language: ReportLanguage;
  /** `2026` or `2026-Q3`; absent: the newest. */
  period?: string | undefined;
  /** Number of a release of the customer journey; absent: the newest. */
  release?: number | undefined;
}

export interface Report {
  document: ReportDocument;
  period: string;
  release: number;
  /** When its figures were released: the date in its files, so that the same report is the same file. */
  releasedAt: Date;
}

/**
 * Makes a report from a release, with the template of the municipality where it has one.
 * @throws Problem `notFound` (release or period), `invalidTemplate`
 */
export async function makeReport(
  ctx: Pick<Context, 'clock'>,
  dataDir: string,
  { kind, language, period, release }: ReportOptions,
): Promise<Report> {
  const figures = await readFigures(kind, { period, release });
  const data = await reportData(ctx, kind, figures, language);
  return {
    document: fillTemplate(await templateText(dataDir, language), data),
    period: figures.period,
    release: figures.release.number,
    releasedAt: figures.release.createdAt,
  };
}

/** A report as a file. */
export async function writeReport(
  { document, releasedAt }: Report,
  format: ReportFormat,
): Promise<string | Buffer> {
  switch (format) {
    case 'html':
      return toHtml(document);
    case 'pdf':
      return toPdf(document, releasedAt);
    case 'odt':
      return toOdt(document, releasedAt);
  }
}

/** Where the municipality keeps its own template of a language. */
export function templatePath(dataDir: string, language: ReportLanguage): string {
  return join(dataDir, `report-template.${language}.liquid`);
}

/** The template in use: the municipality's own, else the one that comes with the product. */
export async function templateText(dataDir: string, language: ReportLanguage): Promise<string> {
  const path = templatePath(dataDir, language);
  if (existsSync(path)) return readFile(path, 'utf8');
  return `${{ nl, en }[language].lines.join('\n')}\n`;
}
