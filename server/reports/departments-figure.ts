import type { ReportGroup } from '../../schemas/generated/report-data.ts';
import { formatTag } from '../pages/i18n.ts';
import { type ChartRow, drawChart } from '../pages/overview/chart.ts';
import { percent } from '../pages/overview/figures.ts';
import type { Figure } from './report-document.ts';
import { type ReportLanguage, say } from './wording.ts';

/** The departments that may be shown, as a picture; undefined where there is none. */
export async function departmentsFigure(
  departments: ReportGroup[],
  target: number,
  language: ReportLanguage,
): Promise<Figure | undefined> {
  const rows = departments.flatMap(({ name, figures }): ChartRow[] => {
    const { satisfied, satisfiedInterval } = figures.find(({ question }) => question === 'overall') ?? {};
    if (satisfied === undefined || !satisfiedInterval) return [];
    return [{ name: name[language], share: satisfied, interval: satisfiedInterval }];
  });
  if (rows.length === 0) return undefined;
  const caption = say(language, 'figure.departments', { target: percent(target, language) });
  const alternative = say(language, 'figure.alternative', {
    rows: rows.map(({ name, share }) => `${name} ${percent(share, language)}`).join(', '),
    target: percent(target, language),
  });
  const svg = await drawChart(rows, target, formatTag(language), {
    title: caption,
    description: alternative,
    goal: percent(target, language),
  });
  return { kind: 'figure', caption, alternative, rows, target, svg };
}
