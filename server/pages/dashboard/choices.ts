import type { Named } from '../overview/figures.ts';
import type { Shown } from '../overview/question-picker.tsx';

/** What a dashboard is about: all of it stands in the address. */
export interface Filters {
  shown: Shown;
  /** Undefined: all departments together. */
  department: Named | undefined;
  /** The calendar year. */
  year: string;
  /** The length of a period of the trend. */
  period: TrendPeriod;
}

export const trendPeriods = ['quarter', 'month'] as const;
export type TrendPeriod = (typeof trendPeriods)[number];
