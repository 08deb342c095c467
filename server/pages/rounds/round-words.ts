import { DateTime } from 'luxon';
import { inAmsterdam, timeZone } from '../../../surveys/calendar.ts';
import { formatTag, type Locale } from '../i18n.ts';

/** `2026-03` as `maart 2026`. */
export function monthText(month: string, locale: Locale): string {
  return DateTime.fromISO(month, { zone: timeZone }).setLocale(formatTag(locale)).toFormat('LLLL yyyy');
}

/** An instant as `10 maart, 09:00`, in Europe/Amsterdam. */
export function momentText(instant: Date, locale: Locale): string {
  return inAmsterdam(instant).setLocale(formatTag(locale)).toFormat('d MMMM, HH:mm');
}
