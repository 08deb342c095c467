import type { ReportData } from '../../schemas/generated/report-data.ts';
import { percent } from '../pages/overview/figures.ts';
import { count, periodName, type ReportLanguage, say } from './wording.ts';

/** How many answered, and of how many who were asked, where that is known. */
export function sentenceOnResponse(language: ReportLanguage, { all }: ReportData): string {
  const figure = all.find(({ question }) => question === 'overall');
  if (figure?.responses === undefined) return say(language, 'answersHidden');
  const answers = say(language, 'answers', { answers: count(figure.responses, language) });
  const { invited, responseRate } = figure;
  if (invited === undefined || responseRate === undefined) return answers;
  const values = { invited: count(invited, language), rate: percent(responseRate, language) };
  return `${answers} ${say(language, 'rate', values)}`;
}

/** Whether it is better or worse than in the period before; only what the comparison says. */
export function sentenceOnChange(language: ReportLanguage, { all }: ReportData): string {
  const { change = 'cannotBeSaidYet', since } = all.find(({ question }) => question === 'overall') ?? {};
  return since === undefined ? '' : say(language, `change.${change}`, { since: periodName(language, since) });
}

/** The departments by what can be said of the goal: one line for each verdict that there is. */
export function departmentsByVerdict(language: ReportLanguage, { departments }: ReportData): string[] {
  const named = departments.flatMap(({ name, figures }) => {
    const figure = figures.find(({ question }) => question === 'overall');
    return figure ? [{ name: name[language], verdict: figure.verdict ?? ('hidden' as const) }] : [];
  });
  return (['met', 'notMet', 'undecided', 'hidden'] as const).flatMap((verdict) => {
    const names = named.filter((one) => one.verdict === verdict).map(({ name }) => name);
    if (names.length === 0) return [];
    const sorted = names.toSorted((a, b) => a.localeCompare(b, language));
    return [say(language, `departments.${verdict}`, { names: sorted.join(', ') })];
  });
}
