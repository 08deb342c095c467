import { numberingPlans } from '../numbering-plans.ts';

/**
 * A phone number in E.164 (`+31612345678`); numbers without a country code are read as Dutch.
 * @returns undefined when no country gives out numbers of that length and form.
 */
export function normalisePhone(text: string): string | undefined {
  const number = numberingPlans('min').parsePhoneNumberFromString(text.normalize('NFKC'), 'NL');
  return number?.isPossible() ? number.number : undefined;
}

/**
 * The number of a mobile phone in E.164, to which a text message can go.
 * @returns undefined for a landline, and for what no country gives out to mobile phones.
 */
export function mobileNumber(text: string): string | undefined {
  const number = numberingPlans('mobile').parsePhoneNumberFromString(text.normalize('NFKC'), 'NL');
  return number?.isValid() ? number.number : undefined;
}

/** Whether an address is a phone number in E.164; an e-mail address always has an `@`. */
export function isPhoneNumber(address: string): boolean {
  return /^\+\d+$/.test(address);
}
