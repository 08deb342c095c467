import { stringify } from 'csv-stringify/sync';
import type { AggregateRow } from '../../schemas/generated/aggregate-row.ts';
import { type Aggregates, lastDayOf } from '../../surveys/aggregates/index.ts';
import type { Labels } from './labels.ts';

/**
 * A table in the terms of KLANTBEOORDELING of the Gemeentelijk Gegevensmodel: `beoordeling` (here the mean), `categorie`
 * (survey), `subcategorie` (question), `onderwerp` (product), `kanaal`, `contactOpnemen`, `ddBeoordeling` (last day of
 * the period). The model is about single ratings; a released row stands for many, so `aantal` says how many, and
 * `afdeling` whose. Wishes to be called are kept apart from answers: `contactOpnemen` is empty. Hidden rows are left out.
 */
export function toGgm({ rows, totals, filters }: Aggregates, labels: Labels): string {
  const named = (column: string, key: string | null | undefined) =>
    key == null ? '' : (labels.ofValues(column).get(key) ?? key);
  const record = (row: AggregateRow) => [
    row.mean ?? '',
    labels.survey,
    named('question', row.question),
    named('product', row.product ?? filters.product),
    named('channel', row.channel ?? filters.channel),
    '',
    row.period === undefined
      ? filters.to === undefined
        ? ''
        : lastDayOf(filters.to)
      : lastDayOf(row.period),
    row.responses ?? '',
    named('department', row.department ?? filters.department),
  ];
  const shown = (rows.length > 0 ? rows : totals).filter(({ status }) => status !== 'suppressed');
  return stringify(shown.map(record), {
    header: true,
    columns: [
      'beoordeling',
      'categorie',
      'subcategorie',
      'onderwerp',
      'kanaal',
      'contactOpnemen',
      'ddBeoordeling',
      'aantal',
      'afdeling',
    ],
    record_delimiter: 'windows',
    escape_formulas: true,
    cast: { number: (value) => ({ value: String(value), escape_formulas: false }) },
  });
}
