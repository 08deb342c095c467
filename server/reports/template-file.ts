import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import en from './templates/en.json' with { type: 'json' };
import nl from './templates/nl.json' with { type: 'json' };
import type { ReportLanguage } from './wording.ts';

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
