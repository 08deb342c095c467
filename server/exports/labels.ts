import type { Aggregates, Column } from '../../surveys/aggregates/index.ts';
import { publishedSurvey, textIn } from '../../surveys/definitions/index.ts';
import { displayNames } from '../../surveys/municipality/index.ts';
import en from './texts/en.json' with { type: 'json' };
import nl from './texts/nl.json' with { type: 'json' };

const texts = { nl, en };

/** The languages that files are written in. */
export type ExportLanguage = keyof typeof texts;
export const defaultLanguage: ExportLanguage = 'nl';

/** What columns and coded values mean, in one language. */
export interface Labels {
  language: ExportLanguage;
  /** Title of the survey. */
  survey: string;
  /** The words of notes and of the names of sheets. */
  notes: typeof nl.notes;
  ofColumn(column: Pick<Column, 'name' | 'band'>): string;
  /** Code to its meaning; empty where the values speak for themselves. */
  ofValues(column: string): ReadonlyMap<string, string>;
}

/** Looks up the names and texts that a table needs. */
export async function labelsOf(
  { survey }: Pick<Aggregates, 'survey'>,
  language: ExportLanguage,
): Promise<Labels> {
  const published = await publishedSurvey(survey);
  const { columns, values: coded, notes } = texts[language];
  const named: Record<string, string> = columns;
  const change = new Map(Object.entries(coded.change));
  const values = new Map<string, ReadonlyMap<string, string>>([
    ['status', new Map(Object.entries(coded.status))],
    ['verdict', new Map(Object.entries(coded.verdict))],
    ['satisfiedChange', change],
    ['meanChange', change],
    ['part', new Map(Object.entries(coded.part))],
    [
      'question',
      new Map([
        ...(published?.questions.map(({ key, text }) => [key, textIn(text, language)] as const) ?? []),
        ...(published?.derived.map(({ key, title }) => [key, textIn(title, language)] as const) ?? []),
      ]),
    ],
    ['department', await displayNames('department', language)],
    ['channel', await displayNames('channel', language)],
    ['product', await displayNames('product', language)],
    [
      'stage',
      new Map(published?.survey.stages?.map(({ key, title }) => [key, textIn(title, language)]) ?? []),
    ],
  ]);
  return {
    language,
    survey: published ? textIn(published.survey.title, language) : survey,
    notes,
    ofColumn: ({ name, band }) => (band === undefined ? (named[name] ?? name) : `${columns.answers} ${band}`),
    ofValues: (column) => values.get(column) ?? new Map(),
  };
}
