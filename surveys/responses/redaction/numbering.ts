import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';
import { numberingPlans } from '../../numbering-plans.ts';
import type { DigitWindow } from './digits.ts';

/** Given out, or at least of a length that its country has: made-up numbers and new ranges. */
export type Least = 'valid' | 'possible';

const serviceNumber = /^0(?:800|90[069])/;

const neighbours = [
  { country: 'BE', shape: /^04\d{8}$/ },
  { country: 'DE', shape: /^01[567]\d{8,9}$/ },
  { country: 'GB', shape: /^0[127]\d{9}$/ },
] as const;

/** 0800 and 0900: reached by everybody, owned by nobody. `digits` as dialled in the Netherlands. */
export function isServiceNumber(digits: string): boolean {
  return serviceNumber.test(digits);
}

/** Every 06 with eight digits more, and what the Dutch numbering plan knows, as dialled in the Netherlands. */
export function isDutch(digits: string): boolean {
  if (/^06\d{8}$/.test(digits)) return true;
  const number = /^0\d{9}$|^097\d{9}$/.test(digits) ? parse(digits, 'NL') : undefined;
  return number?.isValid() === true && !isService(number);
}

/**
 * Written as a Dutch number that was never given out, or with a digit too few or too many: people slip. Ten digits in
 * one piece, or an area code with what follows: `036-53456789`, `(06) 1234567`.
 */
export function isSlip({ digits, groups: [area = '', ...rest], gaps }: DigitWindow): boolean {
  if (!/^0[1-9]\d{7,9}$/.test(digits) || serviceNumber.test(digits)) return false;
  if (rest.length === 0) return digits.length === 10;
  const parted = digits.length === 10 ? /^[ )-]{1,3}$/ : /^ ?[-)]{1,2} ?$/;
  return (
    /^0(?:6|[1-9]\d{1,3})$/.test(area) &&
    parted.test(gaps[0] ?? '') &&
    rest.every((group) => group.length > 1) &&
    !/^(?:19|20)\d\d$/.test(rest[0]!)
  );
}

/** Numbers as newcomers and commuters write them at home: mobile ones, parted British ones, and 555-123-4567. */
export function isOfAnotherCountry({ digits, groups, gaps }: DigitWindow): boolean {
  const lengths = groups.map(({ length }) => length).join(' ');
  if (lengths === '3 3 4' && gaps.every((gap) => /^(?:-|\) ?)$/.test(gap)))
    return isForeign(`+1${digits}`, 'possible');
  return neighbours.some(({ country, shape }) => {
    const number = shape.test(digits) ? parse(digits, country) : undefined;
    if (number?.isValid() !== true) return false;
    return number.getType() === 'MOBILE' || (country === 'GB' && groups.length > 2);
  });
}

/** @param digits in international form, with its + */
export function isForeign(digits: string, least: Least): boolean {
  const number = parse(digits);
  if (!number || isService(number)) return false;
  return least === 'valid'
    ? number.isValid() || (number.country === 'NL' && isDutch(`0${number.nationalNumber}`))
    : number.isPossible();
}

function parse(digits: string, country?: CountryCode): PhoneNumber | undefined {
  return numberingPlans('max').parsePhoneNumberFromString(digits, country);
}

function isService(number: PhoneNumber): boolean {
  return ['TOLL_FREE', 'PREMIUM_RATE', 'SHARED_COST'].includes(number.getType() ?? '');
}
