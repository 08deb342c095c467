import type { DateTime } from 'luxon';
import { inAmsterdam } from '../calendar.ts';
import { type Holiday, isHoliday } from '../municipality/index.ts';

const opens = 9;
const closes = 17;

/** Whether mail may leave now: Monday to Friday except holidays, from 9:00 until 17:00 in Europe/Amsterdam. */
export function isOfficeMoment(instant: Date, holidays: readonly Holiday[]): boolean {
  const local = inAmsterdam(instant);
  return isWorkingDay(local, holidays) && local.hour >= opens && local.hour < closes;
}

/** The instant itself when the office is open, otherwise the next opening. */
export function nextOfficeMoment(instant: Date, holidays: readonly Holiday[]): Date {
  if (isOfficeMoment(instant, holidays)) return instant;
  const local = inAmsterdam(instant);
  const today = local.set({ hour: opens, minute: 0, second: 0, millisecond: 0 });
  let opening = local.hour < opens ? today : today.plus({ days: 1 });
  while (!isWorkingDay(opening, holidays)) opening = opening.plus({ days: 1 });
  return opening.toJSDate();
}

/** The same local time that many working days (Monday to Friday except holidays) later, or earlier when negative. */
export function addWorkingDays(instant: Date, days: number, holidays: readonly Holiday[]): Date {
  const step = { days: Math.sign(days) };
  let local = inAmsterdam(instant);
  for (let left = Math.abs(days); left > 0; ) {
    local = local.plus(step);
    if (isWorkingDay(local, holidays)) left -= 1;
  }
  return local.toJSDate();
}

function isWorkingDay(local: DateTime, holidays: readonly Holiday[]): boolean {
  return local.weekday <= 5 && !isHoliday(local, holidays);
}
