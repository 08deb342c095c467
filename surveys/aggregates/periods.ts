/** Levels of the calendar at which figures are released, from fine to coarse. */
export const periodLevels = ['month', 'quarter', 'year'] as const;
export type PeriodLevel = (typeof periodLevels)[number];

/** `2026-03` to `2026`. */
export function yearOf(month: string): string {
  return month.slice(0, 4);
}

/** `2026-03` to `2026-Q1`. */
export function quarterOf(month: string): string {
  return `${yearOf(month)}-Q${Math.ceil(Number(month.slice(5)) / 3)}`;
}

/** The period of a level that a month belongs to. */
export function periodOf(month: string, level: PeriodLevel): string {
  if (level === 'month') return month;
  return level === 'quarter' ? quarterOf(month) : yearOf(month);
}

/** The months from `month` to December of its year. */
export function monthsToDecember(month: string): string[] {
  const first = Number(month.slice(5));
  return Array.from({ length: 13 - first }, (_, index) => monthName(yearOf(month), first + index));
}

/** First and last month of a period: `2026-Q1` is `2026-01` to `2026-03`. */
export function monthRange(period: string): { from: string; to: string } {
  const year = yearOf(period);
  if (period.length === 4) return { from: `${year}-01`, to: `${year}-12` };
  if (!period.includes('Q')) return { from: period, to: period };
  const last = Number(period.slice(6)) * 3;
  return { from: monthName(year, last - 2), to: monthName(year, last) };
}

/** The period of equal length before: `2026-Q1` to `2025-Q4`. */
export function previousPeriod(period: string): string {
  const { from, to } = monthRange(period);
  const [year, month] = [Number(yearOf(from)), Number(from.slice(5))];
  const length = Number(to.slice(5)) - month + 1;
  const before = month > length ? monthName(String(year), month - length) : monthName(String(year - 1), 12);
  return periodOf(before, levelOf(period));
}

/** The last day of a period: `2026-Q1` to `2026-03-31`. */
export function lastDayOf(period: string): string {
  const { to } = monthRange(period);
  const days = new Date(Date.UTC(Number(yearOf(to)), Number(to.slice(5)), 0)).getUTCDate();
  return `${to}-${days}`;
}

/** The level that a period is of. */
function levelOf(period: string): PeriodLevel {
  if (period.length === 4) return 'year';
  return period.includes('Q') ? 'quarter' : 'month';
}

function monthName(year: string, month: number): string {
  return `${year}-${String(month).padStart(2, '0')}`;
}
