import type { AggregateRow } from '../../../schemas/generated/aggregate-row.ts';
import { formatTag, type Locale } from '../i18n.ts';

/** What a release says about one group of people and one question; nothing but that, when it is suppressed. */
export type Figure = Pick<
  AggregateRow,
  | 'status'
  | 'responses'
  | 'mean'
  | 'satisfied'
  | 'satisfiedInterval'
  | 'dissatisfied'
  | 'verdict'
  | 'distribution'
>;

/** Departments by channels, with the totals of both. */
export interface FigureTable {
  departments: Named[];
  channels: Named[];
  /** Whether there are totals over departments too. */
  totals: boolean;
  /** Without a department or a channel: the total over all of them. Undefined where nobody answered. */
  figure(department: string | undefined, channel: string | undefined): Figure | undefined;
}

export interface Named {
  key: string;
  name: string;
}

/** A share in whole per cents, as people write it in this language. */
export function percent(share: number, locale: Locale): string {
  return new Intl.NumberFormat(formatTag(locale), { style: 'percent', maximumFractionDigits: 0 }).format(
    share,
  );
}

/** A mean or score with one decimal. */
export function decimal(value: number, locale: Locale): string {
  return new Intl.NumberFormat(formatTag(locale), {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(value);
}
