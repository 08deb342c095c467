import { DateTime } from 'luxon';
import { monthRange, periodOf } from '../aggregates/periods.ts';

/** The period of the same kind so many later (earlier when negative): `2026-Q1` and -1 give `2025-Q4`. */
export function neighbour(period: string, steps: number): string {
  const level = period.length === 4 ? 'year' : period.includes('Q') ? 'quarter' : 'month';
  const months = { year: 12, quarter: 3, month: 1 }[level] * steps;
  const first = DateTime.fromISO(`${monthRange(period).from}-01`, { zone: 'utc' }).plus({ months });
  return periodOf(first.toFormat('yyyy-MM'), level);
}

/** The last month of a period. */
export function lastMonth(period: string): string {
  return monthRange(period).to;
}
