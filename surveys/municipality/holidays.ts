import { easter } from 'date-easter';
import { DateTime } from 'luxon';
import type { Municipality } from '../../schemas/generated/municipality.ts';
import { getMunicipality } from './municipality.ts';

/** A day of the year on which a town hall may be closed. `liberationDayLustrum`: 5 May, in years that 5 divides. */
export type Holiday = NonNullable<Municipality['holidays']>[number];

/** The days on which most municipalities are closed. Good Friday is none of them, nor 5 May in other years. */
export const defaultHolidays: readonly Holiday[] = [
  'newYearsDay',
  'easterMonday',
  'kingsDay',
  'liberationDayLustrum',
  'ascensionDay',
  'whitMonday',
  'christmasDay',
  'boxingDay',
];

/** The holidays that this municipality keeps. */
export async function holidaysKept(): Promise<readonly Holiday[]> {
  return (await getMunicipality()).holidays ?? defaultHolidays;
}

/** Whether a local day is one of these holidays. */
export function isHoliday(day: DateTime, kept: readonly Holiday[]): boolean {
  const found = holidaysOf(day.year).get(dayKey(day));
  return found?.some((holiday) => kept.includes(holiday)) ?? false;
}

const years = new Map<number, Map<number, Holiday[]>>();

/** The holidays of a year by day: two may fall on one, as Ascension Day and 5 May did in 2016. */
function holidaysOf(year: number): Map<number, Holiday[]> {
  const known = years.get(year);
  if (known) return known;
  const days = new Map<number, Holiday[]>();
  for (const [holiday, day] of Object.entries(datesOf(year)) as [Holiday, DateTime | undefined][]) {
    if (day) days.set(dayKey(day), [...(days.get(dayKey(day)) ?? []), holiday]);
  }
  years.set(year, days);
  return days;
}

function datesOf(year: number): Record<Holiday, DateTime | undefined> {
  const on = (month: number, day: number) => DateTime.utc(year, month, day);
  const { month, day } = easter(year);
  const fromEaster = (days: number) => on(month, day).plus({ days });
  const kingsDay = on(4, 27);
  return {
    newYearsDay: on(1, 1),
    goodFriday: fromEaster(-2),
    easterMonday: fromEaster(1),
    // Kept a day earlier where it would fall on a Sunday.
    kingsDay: kingsDay.weekday === 7 ? kingsDay.minus({ days: 1 }) : kingsDay,
    liberationDay: on(5, 5),
    liberationDayLustrum: year % 5 === 0 ? on(5, 5) : undefined,
    ascensionDay: fromEaster(39),
    whitMonday: fromEaster(50),
    christmasDay: on(12, 25),
    boxingDay: on(12, 26),
  };
}

function dayKey({ month, day }: DateTime): number {
  return month * 100 + day;
}
