import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import {
  type DigitWindow,
  digitWindows,
  isAmount,
  isNamedOtherwise,
  isPartOfCode,
  textBefore,
} from './digits.ts';
import type { Range } from './range.ts';

const named =
  /(?:\bbel(?:len)?|\bbereikbaar|\btel|telefoon|mobiel|\bgsm|whats-?app|\bapp(?:en)?|\bsms|\bcall|\bphone|telephone|\bmobile|\bcell|\bring|\btext)(?:[\s-]?(?:nummer|nr|number))?[.:]?(?:\s(?:me|mij|ons|us|even|gerust|dan|terug|back|is|was|op|on|at|via|naar)){0,4}[\s:=(]{0,3}$/iu;

/**
 * Phone numbers: Dutch ones that are valid, foreign ones that start with + or 00, and what is clearly called a phone
 * number. `taken` are ranges (dates, addresses, account numbers) whose digits mean something else.
 */
export function findPhones(text: string, taken: Range[]): Range[] {
  const found: Range[] = [];
  let from = 0;
  for (const window of digitWindows(withZeros(text), taken, 6, 15)) {
    if (window.start < from) continue;
    const range = withPrefix(text, window);
    const called = named.test(textBefore(text, range.start));
    if (!isPhone(range.prefix, window, called) || isSomethingElse(text, range, called)) continue;
    found.push({ start: range.start, end: range.end });
    from = range.end;
  }
  return found;
}

/** People write the letter o for the zero of 06. */
function withZeros(text: string): string {
  return text.replace(/(?<![\p{L}\p{N}])o(?=6[\s.-]{0,3}\d)/giu, '0');
}

function withPrefix(text: string, { start, end }: DigitWindow): Range & { prefix: string } {
  const prefix = /(?:\+\s?\(?|\()$/u.exec(text.slice(0, start))?.[0] ?? '';
  return { start: start - prefix.length, end, prefix };
}

function isPhone(prefix: string, { digits, groups }: DigitWindow, called: boolean): boolean {
  const national = digits.replace(/^(00|)31\(?0/, '$131');
  if (prefix.startsWith('+')) return isPossible(`+${national}`);
  if (digits.startsWith('00')) return isPossible(`+${national.slice(2)}`);
  if (/^31[1-9]\d{8}$/.test(digits))
    return groups.length > 1 || digits[2] === '6' ? isDutch(`+${digits}`) : called;
  if (digits.startsWith('0'))
    return isDutch(digits) || isNeighboursMobile(digits) || (called && digits.length >= 9);
  return called && digits.length <= 12;
}

function isDutch(number: string): boolean {
  return parsePhoneNumberFromString(number, 'NL')?.isValid() ?? false;
}

/** Belgian and British mobile numbers, as newcomers and commuters write them. */
function isNeighboursMobile(digits: string): boolean {
  return (['BE', 'GB'] as const).some((country) => {
    const number = parsePhoneNumberFromString(digits, country);
    return number?.isValid() === true && number.getType() === 'MOBILE';
  });
}

function isPossible(number: string): boolean {
  return parsePhoneNumberFromString(number)?.isPossible() ?? false;
}

function isSomethingElse(text: string, range: Range, called: boolean): boolean {
  if (isPartOfCode(text, range) || isAmount(text, range)) return true;
  return !called && isNamedOtherwise(text, range.start);
}
