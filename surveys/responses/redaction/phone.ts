import { type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { isCalledBsn } from './bsn.ts';
import { isAmount, isNamedOtherwise, isPartOfCode, textBefore } from './context.ts';
import { type DigitWindow, digitWindows } from './digits.ts';
import type { Range } from './range.ts';

const phoneWord =
  '(?<![[\\p{L}])(?:bel(?:len)?|terug\\s?bellen|bereikbaar|tel|telefoon|telnr|mobiel|mobieltje|gsm|fax|whats-?app|sms|call|phone|telephone|mobile|cell|reach|(?:app|text|ring)\\s(?:me|mij))(?:[\\s-]?(?:nummer|nr|number|no))?[.:]?';
/** Right before the number: "tel. 5…", "bel me op 5…". */
const named = new RegExp(
  `${phoneWord}(?:\\s(?:me|mij|ons|us|even|gerust|dan|terug|back|is|was|op|on|at|via|naar)){0,4}[\\s:=(/"'-]{0,3}$`,
  'iu',
);
/** With other words between: "telefoon van mijn moeder is 5…". */
const namedFurther = new RegExp(`${phoneWord}(?:\\s\\p{L}{1,12}){0,5}[\\s:=(/"'-]{0,3}$`, 'iu');

/**
 * Phone numbers: Dutch ones that are valid, foreign ones that start with + or 00, mobile ones of the neighbours, and
 * what the text clearly calls a phone number. Service numbers (112, 14 036, 0800, 0900) are nobody's and stay. `taken`
 * are ranges (dates, addresses, account numbers) whose digits mean something else.
 */
export function findPhones(text: string, taken: Range[]): Range[] {
  const found: Range[] = [];
  let from = 0;
  for (const windows of digitWindows(text, taken, 7, 15)) {
    const candidates = windows.map((window) => withPrefix(text, window)).filter(({ start }) => start >= from);
    const before = candidates[0] ? textBefore(text, candidates[0].start) : '';
    const called = named.test(before);
    const spokenOf = called || namedFurther.test(before);
    const phone =
      candidates.find((one) => isPhoneItself(one) && !isSomethingElse(text, one, called, from)) ??
      candidates.find(
        (one) =>
          (isSlip(one) || (spokenOf && isPhoneIfCalledSo(one))) && !isSomethingElse(text, one, called, from),
      );
    if (!phone) continue;
    found.push({ start: phone.start, end: phone.end });
    from = phone.end;
  }
  return found;
}

interface Candidate extends DigitWindow {
  /** What stands before the digits and belongs to them: `+`, `(`, `(+`. */
  prefix: string;
}

function withPrefix(text: string, window: DigitWindow): Candidate {
  const before = text.slice(Math.max(0, window.start - 4), window.start);
  const closes = window.gaps.some((gap) => gap.includes(')'));
  const prefix = (closes ? /(?:\(?\+ ?\(?|\()$/ : /\+ ?$/).exec(before)?.[0] ?? '';
  return { ...window, start: window.start - prefix.length, prefix };
}

const serviceNumber = /^0(?:800|90[069])/;

function isPhoneItself(phone: Candidate): boolean {
  const { prefix, digits, groups, gaps } = phone;
  if (gaps.includes(', ') && !groups.every(({ length }) => length === 1)) return false;
  if (isMonthAndYear(phone)) return false;
  const national = digits.replace(/^(00|)310/, '$131');
  if (prefix.includes('+')) return isForeign(`+${national}`, 'possible');
  if (digits.startsWith('00'))
    return isForeign(`+${national.slice(2)}`, groups.length > 1 ? 'possible' : 'valid');
  if (/^31[1-9]\d{8}$/.test(digits))
    return (groups.length > 1 || digits[2] === '6') && isDutch(`0${digits.slice(2)}`);
  if (groups[0] === '6' && groups[1]?.length === 8) return isDutch(`0${digits}`);
  return (digits.startsWith('0') && isDutch(digits)) || isOfAnotherCountry(phone);
}

/** `03-2026-0045` */
function isMonthAndYear({ groups, gaps }: Candidate): boolean {
  return /^0[1-57-9]$/.test(groups[0]!) && /^(?:19|20)\d\d$/.test(groups[1] ?? '') && /[-./]/.test(gaps[0]!);
}

/** A local number, one without its zero, or one of another country; no service number, no pair of years. */
function isPhoneIfCalledSo({ digits, gaps }: Candidate): boolean {
  return (
    digits.length <= 12 &&
    gaps.every((gap) => /^[) -]{1,3}$/.test(gap)) &&
    !serviceNumber.test(digits) &&
    !/^(?:(?:19|20)\d\d){2}$/.test(digits)
  );
}

function isDutch(digits: string): boolean {
  if (/^06\d{8}$/.test(digits)) return true;
  const number = /^0\d{9}$|^097\d{9}$/.test(digits) ? parsePhoneNumberFromString(digits, 'NL') : undefined;
  return number?.isValid() === true && !isService(number);
}

/**
 * Written as a Dutch number that was never given out, or with a digit too few or too many: people slip. Ten digits in
 * one piece, or an area code with what follows: `036-53456789`, `(06) 1234567`.
 */
function isSlip({ digits, groups: [area = '', ...rest], gaps }: Candidate): boolean {
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
function isOfAnotherCountry({ digits, groups, gaps }: Candidate): boolean {
  const lengths = groups.map(({ length }) => length).join(' ');
  if (lengths === '3 3 4' && gaps.every((gap) => /^(?:-|\) ?)$/.test(gap)))
    return isForeign(`+1${digits}`, 'possible');
  return neighbours.some(({ country, shape }) => {
    const number = shape.test(digits) ? parsePhoneNumberFromString(digits, country) : undefined;
    if (number?.isValid() !== true) return false;
    return number.getType() === 'MOBILE' || (country === 'GB' && groups.length > 2);
  });
}

const neighbours = [
  { country: 'BE', shape: /^04\d{8}$/ },
  { country: 'DE', shape: /^01[567]\d{8,9}$/ },
  { country: 'GB', shape: /^0[127]\d{9}$/ },
] as const;

function isForeign(digits: string, least: 'possible' | 'valid'): boolean {
  const number = parsePhoneNumberFromString(digits);
  if (!number || isService(number)) return false;
  return least === 'valid'
    ? number.isValid() || (number.country === 'NL' && isDutch(`0${number.nationalNumber}`))
    : number.isPossible();
}

function isService(number: PhoneNumber): boolean {
  return ['TOLL_FREE', 'PREMIUM_RATE', 'SHARED_COST'].includes(number.getType() ?? '');
}

/**
 * Separators as in a phone number outweigh a word before it ("my case 06-12345678"), but not where that word calls it
 * its number ("case number 06-12345678").
 */
function isSomethingElse(text: string, phone: Candidate, called: boolean, from: number): boolean {
  if (isAmount(text, phone)) return true;
  if (called) return false;
  if (isCalledBsn(text, phone.start)) return true;
  const plain = phone.groups.length === 1 && !phone.prefix.includes('+');
  return isPartOfCode(text, phone, from) || isNamedOtherwise(text, phone, plain ? 'identifier' : 'number');
}
