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
  /(?:\bbel(?:len)?|\bbereikbaar|\btel|telefoon|mobiel|\bgsm|whats-?app|\bsms|\bcall|\bphone|telephone|\bmobile|\bcell|\breach|\b(?:app|text|ring)\s(?:me|mij))(?:[\s-]?(?:nummer|nr|number))?[.:]?(?:\s(?:me|mij|ons|us|even|gerust|dan|terug|back|is|was|op|on|at|via|naar)){0,4}[\s:=(/-]{0,3}$/iu;

/**
 * Phone numbers: Dutch ones that are valid, foreign ones that start with + or 00, mobile ones of the neighbours, and
 * what the text clearly calls a phone number. `taken` are ranges (dates, addresses, account numbers) whose digits mean
 * something else.
 */
export function findPhones(text: string, taken: Range[]): Range[] {
  const found: Range[] = [];
  let from = 0;
  for (const windows of digitWindows(withZeros(text), taken, 7, 15)) {
    const candidates = windows.map((window) => withPrefix(text, window)).filter(({ start }) => start >= from);
    const called = candidates[0] !== undefined && named.test(textBefore(text, candidates[0].start));
    const phone =
      candidates.find((one) => isPhoneItself(one) && !isSomethingElse(text, one, called, from)) ??
      candidates.find((one) => called && isPhoneIfCalledSo(one) && !isAmount(text, one));
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

/** People write the letter o for the zero of 06. */
function withZeros(text: string): string {
  return text.replace(/(?<![\p{L}\p{N}])o(?=6[\s.-]{0,3}\d)/giu, '0');
}

function withPrefix(text: string, window: DigitWindow): Candidate {
  const before = text.slice(Math.max(0, window.start - 4), window.start);
  const closes = window.gaps.some((gap) => gap.includes(')'));
  const prefix = (closes ? /(?:\(?\+\s?\(?|\()$/ : /\+\s?$/).exec(before)?.[0] ?? '';
  return { ...window, start: window.start - prefix.length, prefix };
}

function isPhoneItself({ prefix, digits, groups }: Candidate): boolean {
  const national = digits.replace(/^(00|)310/, '$131');
  if (prefix.includes('+')) return isPossible(`+${national}`);
  if (digits.startsWith('00')) return isPossible(`+${national.slice(2)}`);
  if (/^31[1-9]\d{8}$/.test(digits)) return (groups.length > 1 || digits[2] === '6') && isDutch(`+${digits}`);
  if (groups[0] === '6' && groups[1]?.length === 8) return isDutch(digits);
  return digits.startsWith('0') && (isDutch(digits) || isNeighboursMobile(digits));
}

/** A local number, one without its zero, or one of another country. */
function isPhoneIfCalledSo({ digits }: Candidate): boolean {
  return digits.length <= 12;
}

function isDutch(number: string): boolean {
  return (
    number.length >= 8 &&
    number.length <= 12 &&
    (parsePhoneNumberFromString(number, 'NL')?.isValid() ?? false)
  );
}

/** Belgian and British mobile numbers, as newcomers and commuters write them. */
function isNeighboursMobile(digits: string): boolean {
  const country = /^04\d{8}$/.test(digits) ? 'BE' : /^07\d{9}$/.test(digits) ? 'GB' : undefined;
  const number = country && parsePhoneNumberFromString(digits, country);
  return number?.isValid() === true && number.getType() === 'MOBILE';
}

function isPossible(number: string): boolean {
  return parsePhoneNumberFromString(number)?.isPossible() ?? false;
}

/** Separators as in a phone number outweigh a word before it: "my case 06-12345678". */
function isSomethingElse(text: string, phone: Candidate, called: boolean, from: number): boolean {
  if (isAmount(text, phone)) return true;
  if (called) return false;
  const plain = phone.groups.length === 1 && !phone.prefix.includes('+');
  return isPartOfCode(text, phone, from) || (plain && isNamedOtherwise(text, phone.start));
}
