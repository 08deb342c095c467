import { type Range, rangesOf } from './range.ts';

const day = '(?:0?[1-9]|[12]\\d|3[01])';
const month = '(?:0?[1-9]|1[0-2])';
const year = '(?:19|20)\\d{2}';
const notInNumber = '(?<![\\d]|\\d[-./])';
const endsNumber = '(?!\\d|[-./]\\d)';
const hour = '(?:[01]?\\d|2[0-4])';
const time = `${hour}[.:][0-5]\\d`;

/** `1-2-2026`, `01/02/2026`, `2026-02-01`: one separator throughout, and no digits joined on. */
const dates = new RegExp(
  `${notInNumber}(?:${day}([-./])${month}\\1${year}|${year}([-./])${month}\\2${day})(?:T|${endsNumber})`,
  'g',
);

/** `06-12-25`, unless digits other than a time follow: `06-12-25 67 89` is a phone number. */
const shortDates = new RegExp(
  `${notInNumber}${day}([-./])${month}\\1\\d{2}${endsNumber}(?! ?[-./]? ?\\d)`,
  'g',
);
const shortDatesWithTime = new RegExp(
  `${notInNumber}${day}([-./])${month}\\1\\d{2},? (?:om |at )?${time}${endsNumber}`,
  'g',
);

/** `01 02 2026` */
const spacedDates = /(?<!\d[ -]?)(?:0[1-9]|[12]\d|3[01]) (?:0[1-9]|1[0-2]) (?:19|20)\d{2}(?!\d)/g;

/** `06:12:34`, not the beginning of more pairs. */
const colonTimes = new RegExp(`(?<!\\d:?)${hour}:[0-5]\\d(?::[0-5]\\d)?(?!:?\\d)`, 'g');

/** `10.30` is a time only where a word says so: otherwise `06.12` may start a phone number. */
const spokenTimes = new RegExp(
  `(?<![\\d.])${hour}\\.[0-5]\\d(?=\\s?(?:uur|u|h|am|pm)\\b)|(?<=\\b(?:om|tot|vanaf|rond|tussen|at|until)\\s)${hour}\\.[0-5]\\d${endsNumber}`,
  'giu',
);

/** `08.30-12.00`, `9.00 t/m 17.00`. */
const timeRanges = new RegExp(
  `${notInNumber}${time}\\s?(?:-|tot|t/m|to|en|and)\\s?${time}${endsNumber}(?! \\d)`,
  'giu',
);

/** Dates and times of day in digits, so that "01-02-2026 10:30" is not taken for a phone number. */
export function findDatesAndTimes(text: string): Range[] {
  return [dates, spacedDates, shortDates, shortDatesWithTime, colonTimes, spokenTimes, timeRanges].flatMap(
    (pattern) => rangesOf(pattern, text),
  );
}
