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
  return formatsOf(locale).percent.format(share);
}

/** A mean or score with one decimal. */
export function decimal(value: number, locale: Locale): string {
  return formatsOf(locale).decimal.format(value);
}

/** To make a format takes longer than to use it a hundred times, and a page has hundreds of figures. */
const formats = new Map<Locale, { percent: Intl.NumberFormat; decimal: Intl.NumberFormat }>();

function formatsOf(locale: Locale) {
  const made = formats.get(locale) ?? {
    percent: new Intl.NumberFormat(formatTag(locale), { style: 'percent', maximumFractionDigits: 0 }),
    decimal: new Intl.NumberFormat(formatTag(locale), { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
  };
  formats.set(locale, made);
  return made;
}
