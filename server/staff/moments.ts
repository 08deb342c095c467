import { timeZone } from '../../surveys/calendar.ts';
import { formatTag, type Locale } from '../pages/i18n.ts';

/** A moment as people write it, in Europe/Amsterdam. */
export function momentText(moment: Date, locale: Locale): string {
  return moment.toLocaleString(formatTag(locale), { dateStyle: 'medium', timeStyle: 'short', timeZone });
}

/** A day such as `2026-03-10` as people write it. */
export function dayText(day: string, locale: Locale): string {
  const noon = new Date(`${day}T12:00:00Z`);
  return noon.toLocaleDateString(formatTag(locale), { dateStyle: 'medium', timeZone });
}
