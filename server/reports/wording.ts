import type { AggregateRow } from '../../schemas/generated/aggregate-row.ts';
import { decimal, percent } from '../pages/overview/figures.ts';
import type { Table } from './report-document.ts';
import texts from './texts.json' with { type: 'json' };

export type ReportLanguage = keyof typeof texts;
export type ReportText = keyof (typeof texts)['nl'];
type Figure = Omit<AggregateRow, 'question'>;

/** A sentence or word of a report, with its values; always one line, so that no value can begin a line of its own. */
export function say(
  language: ReportLanguage,
  key: ReportText,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return texts[language][key].replaceAll(/{{(\w+)}}/g, (_, name: string) =>
    String(values[name] ?? '').replaceAll(/\s+/g, ' '),
  );
}

/**
 * What a figure says, by rule: which sentence follows from its status and verdict, so that no report can say more than
 * its figures do.
 */
export function sentenceOn(language: ReportLanguage, about: string, figure: Figure | undefined): string {
  const what = about.endsWith('?') ? about : `${about}:`;
  if (!figure) return say(language, 'none', { what });
  const { status, satisfied, satisfiedInterval, verdict, target = 0, responses = 0 } = figure;
  if (status === 'suppressed') return say(language, 'hidden', { what });
  if (satisfied === undefined || !satisfiedInterval || !verdict) return say(language, 'none', { what });
  const [low, high] = satisfiedInterval.map((end) => percent(end, language)) as [string, string];
  const values = { what, share: percent(satisfied, language), low, high, target: percent(target, language) };
  const sentence = say(language, verdict, values);
  return status === 'indicative'
    ? `${sentence} ${say(language, 'indicative', { count: responses })}`
    : sentence;
}

/** Figures under each other, each with its name. What is hidden says so. */
export function figureTable(
  language: ReportLanguage,
  caption: string,
  rows: { name: string; figure: Figure }[],
): Table {
  const columns = ['what', 'satisfied', 'between', 'mean', 'answers'] as const;
  return {
    kind: 'table',
    caption,
    head: columns.map((column) => say(language, `column.${column}`)),
    rows: rows.map(({ name, figure }) => [name, ...cellsOf(language, figure)]),
  };
}

function cellsOf(language: ReportLanguage, figure: Figure): string[] {
  const { status, satisfied, satisfiedInterval, mean, responses } = figure;
  if (status === 'suppressed' || responses === undefined)
    return [say(language, 'notShown'), '\u2013', '\u2013', '\u2013'];
  const ends = satisfiedInterval?.map((end) => percent(end, language));
  return [
    satisfied === undefined ? '\u2013' : percent(satisfied, language),
    ends ? say(language, 'and', { low: ends[0]!, high: ends[1]! }) : '\u2013',
    mean === undefined ? '\u2013' : decimal(mean, language),
    String(responses),
  ];
}
