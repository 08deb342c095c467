import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/**
 * A phone number in E.164 (`+31612345678`); numbers without a country code are read as Dutch.
 * @returns undefined when no country gives out numbers of that length and form.
 */
export function normalisePhone(text: string): string | undefined {
  const number = parsePhoneNumberFromString(text.normalize('NFKC'), 'NL');
  return number?.isPossible() ? number.number : undefined;
}
