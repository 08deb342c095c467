import { stringify } from 'csv-stringify/sync';
import type { RoundReport } from './round-report.ts';

/** What the page of a round shows, as JSON: what is not shown is null. */
export function roundJson(report: RoundReport): string {
  return `${JSON.stringify(report, (_key, value) => (value === undefined ? null : value), 2)}\n`;
}

const columns = ['part', 'key', 'title', 'respondents', 'value', 'of', 'previous', 'municipality'];

/** The same figures as CSV (RFC 4180), one line each; an empty field is not shown. */
export function roundCsv(report: RoundReport): string {
  const { areas, statements, perception, residents, previous, municipality } = report;
  const lines = [
    [
      'total',
      '',
      report.level,
      report.answers.counted,
      report.total,
      100,
      previous?.total,
      municipality?.total,
    ],
    ...areas.map((area) => [
      'area',
      area.key,
      area.title,
      area.respondents,
      area.points,
      area.weight,
      area.previous,
      area.municipality,
    ]),
    ...statements.map(({ key, text, respondents, mean }) => ['statement', key, text, respondents, mean, 3]),
    ['perception', 'staff', perception.verdict, undefined, perception.staff?.value, 100],
    ['perception', 'residents', perception.verdict, undefined, perception.residents?.value, 100],
    ...residents.map(({ question, responses, satisfied }) => [
      'residents',
      question,
      'satisfied',
      responses,
      satisfied,
      1,
    ]),
  ];
  const whole = lines.map((line) => columns.map((_, index) => rounded(line[index])));
  return stringify([columns, ...whole], { record_delimiter: 'windows', escape_formulas: true });
}

/** Six decimals are more than a score has. */
function rounded(value: string | number | undefined): string | number {
  return typeof value === 'number' ? Number(value.toFixed(6)) : (value ?? '');
}
