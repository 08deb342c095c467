import type { DateTime } from 'luxon';
import { inAmsterdam } from '../calendar.ts';

const opens = 9;
const closes = 17;

/** Whether mail may leave now: Monday to Friday, from 9:00 until 17:00 in Europe/Amsterdam. */
export function isOfficeMoment(instant: Date): boolean {
  const local = inAmsterdam(instant);
  return isWorkingDay(local) && local.hour >= opens && local.hour < closes;
}

/** The instant itself when the office is open, otherwise the next opening. */
export function nextOfficeMoment(instant: Date): Date {
  if (isOfficeMoment(instant)) return instant;
  const local = inAmsterdam(instant);
  const today = local.set({ hour: opens, minute: 0, second: 0, millisecond: 0 });
  let opening = local.hour < opens ? today : today.plus({ days: 1 });
  while (!isWorkingDay(opening)) opening = opening.plus({ days: 1 });
  return opening.toJSDate();
}

/** The same local time that many working days (Monday to Friday) later. */
export function addWorkingDays(instant: Date, days: number): Date {
  let local = inAmsterdam(instant);
  for (let left = days; left > 0; ) {
    local = local.plus({ days: 1 });
    if (isWorkingDay(local)) left -= 1;
  }
  return local.toJSDate();
}

function isWorkingDay(local: DateTime): boolean {
  return local.weekday <= 5;
}
