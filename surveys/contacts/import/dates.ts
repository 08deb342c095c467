import { DateTime } from 'luxon';

/** Reads a date of the file; undefined for what is none. */
export type DateReader = (text: string) => Date | undefined;

/**
 * Reads dates in Luxon's format tokens, or ISO 8601 without a format. A date without an offset is local time in `zone`;
 * one in the hour that summer time skips moves forward, one in the hour that comes twice is the first.
 */
export function dateReader(format: string | undefined, zone: string): DateReader {
  const options = { zone, locale: 'en-GB' };
  const parser = format === undefined ? undefined : DateTime.buildFormatParser(format, options);
  return (text) => {
    if (text === '') return undefined;
    const date = parser ? DateTime.fromFormatParser(text, parser, options) : DateTime.fromISO(text, options);
    return date.isValid ? date.toJSDate() : undefined;
  };
}
