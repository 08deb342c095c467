import type { Aggregates, Column } from '../../surveys/aggregates/index.ts';
import { publishedSurvey } from '../../surveys/definitions/index.ts';
import { displayNames } from '../../surveys/municipality/index.ts';
import columnTexts from './column-texts.json' with { type: 'json' };
import valueTexts from './value-texts.json' with { type: 'json' };

/** What columns and coded values mean, in Dutch: the language of who reads these files. */
export interface Labels {
  /** Title of the survey. */
  survey: string;
  ofColumn(column: Pick<Column, 'name' | 'band'>): string;
  /** Code to its meaning; empty where the values speak for themselves. */
  ofValues(column: string): ReadonlyMap<string, string>;
}

const locale = 'nl';

/** Looks up the names and texts that a table needs. */
export async function labelsOf({ survey }: Pick<Aggregates, 'survey'>): Promise<Labels> {
  const published = await publishedSurvey(survey);
  const texts: Record<string, string> = columnTexts;
  const change = new Map(Object.entries(valueTexts.change));
  const values = new Map<string, ReadonlyMap<string, string>>([
    ['status', new Map(Object.entries(valueTexts.status))],
    ['verdict', new Map(Object.entries(valueTexts.verdict))],
    ['satisfiedChange', change],
    ['meanChange', change],
    ['part', new Map(Object.entries(valueTexts.part))],
    [
      'question',
      new Map([
        ...(published?.questions.map(({ key, text }) => [key, text.nl] as const) ?? []),
        ...(published?.derived.map(({ key, title }) => [key, title.nl] as const) ?? []),
      ]),
    ],
    ['department', await displayNames('department', locale)],
    ['channel', await displayNames('channel', locale)],
    ['product', await displayNames('product', locale)],
    ['stage', new Map(published?.survey.stages?.map(({ key, title }) => [key, title.nl]) ?? [])],
  ]);
  return {
    survey: published?.survey.title.nl ?? survey,
    ofColumn: ({ name, band }) =>
      band === undefined ? (texts[name] ?? name) : `${columnTexts.answers} ${band}`,
    ofValues: (column) => values.get(column) ?? new Map(),
  };
}
