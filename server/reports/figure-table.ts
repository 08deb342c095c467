import type { ReportData, ReportFigure } from '../../schemas/generated/report-data.ts';
import { decimal, percent } from '../pages/overview/figures.ts';
import type { Table } from './report-document.ts';
import { count, type ReportLanguage, say } from './wording.ts';

interface FigureTableOptions {
  what: 'question' | 'department' | 'product' | 'channel';
  caption: string;
  rows: { name: string; figure: ReportFigure }[];
  data: Pick<ReportData, 'questions'>;
}

/** Figures under each other, each with its name. What is hidden says so. */
export function figureTable(
  language: ReportLanguage,
  { what, caption, rows, data }: FigureTableOptions,
): Table {
  const columns = ['satisfied', 'between', 'goal', 'mean', 'answers'] as const;
  return {
    kind: 'table',
    caption,
    head: [say(language, `column.${what}`), ...columns.map((column) => say(language, `column.${column}`))],
    widths,
    rows: rows.map(({ name, figure }) => {
      const highest = data.questions.find(({ key }) => key === figure.question)?.highest;
      return [name, ...cellsOf(language, figure, highest)];
    }),
  };
}

/** Names, and verdicts in words, need more than figures do. */
const widths = [2, 1.1, 1.15, 1.6, 1.05, 1.15];

const nothing = '\u2013';

/** @param highest of the scale; a mean without it says nothing to a reader */
function cellsOf(language: ReportLanguage, figure: ReportFigure, highest: number | undefined): string[] {
  const { status, satisfied, satisfiedInterval, verdict, mean, responses } = figure;
  if (status === 'suppressed' || responses === undefined)
    return [say(language, 'notShown'), nothing, nothing, nothing, nothing];
  const ends = satisfiedInterval?.map((end) => percent(end, language));
  return [
    satisfied === undefined ? nothing : percent(satisfied, language),
    ends ? say(language, 'and', { low: ends[0]!, high: ends[1]! }) : nothing,
    verdict === undefined ? nothing : say(language, `goal.${verdict}`),
    mean === undefined || highest === undefined
      ? nothing
      : say(language, 'outOf', { mean: decimal(mean, language), highest }),
    count(responses, language),
  ];
}
