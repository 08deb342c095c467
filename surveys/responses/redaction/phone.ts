import { isCalledBsn } from './bsn.ts';
import { isAmount, isNamedOtherwise, isPartOfCode, textBefore } from './context.ts';
import { type DigitWindow, digitWindows } from './digits.ts';
import { isDutch, isForeign, isOfAnotherCountry, isServiceNumber, isSlip, type Least } from './numbering.ts';
import type { Range } from './range.ts';

const phoneWord =
  '(?<![[\\p{L}])(?:(?:terug\\s?)?bel(?:len)?|bereikbaar|tel|telefoon|telnr|mobiel|mobieltje|gsm|fax|whats-?app|sms|call|phone|telephone|mobile|cell|reach|(?:app|text|ring)\\s(?:me|mij))(?:[\\s-]?(?:nummer|nr\\.?|number|no\\.?)|(?<=tel|telnr|mob|fax)\\.)?:?';
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
    const start = candidates[0]?.start ?? 0;
    const free = Math.max(from, ...taken.map(({ end }) => (end <= start ? end : 0)));
    const before = textBefore(text, start);
    const called = named.test(before);
    const spokenOf = called || namedFurther.test(before);
    const first = (test: (one: Candidate) => boolean) =>
      candidates.find((one) => test(one) && !isSomethingElse(text, one, called, free));
    const phone =
      first((one) => isPhoneItself(one, 'valid')) ??
      first((one) => isPhoneItself(one, 'possible')) ??
      first((one) => isSlip(one) || (spokenOf && isPhoneIfCalledSo(one)));
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
  const signs = window.gaps.join('');
  const closes = signs.split(')').length > signs.split('(').length;
  const prefix = (closes ? /(?:\(?\+ ?\(?|\()$/ : /\+ ?$/).exec(before)?.[0] ?? '';
  return { ...window, start: window.start - prefix.length, prefix };
}

function isPhoneItself(phone: Candidate, least: Least): boolean {
  const { prefix, digits, groups, gaps } = phone;
  if (gaps.includes(', ') && !groups.every(({ length }) => length === 1)) return false;
  if (isNumberInYear(phone) || isDecimal(phone)) return false;
  const national = digits.replace(/^(00|)310/, '$131');
  if (prefix.includes('+')) return isForeign(`+${national}`, least);
  if (digits.startsWith('00')) return isForeign(`+${national.slice(2)}`, groups.length > 1 ? least : 'valid');
  if (/^31[1-9]\d{8}$/.test(digits))
    return (groups.length > 1 || digits[2] === '6') && isDutch(`0${digits.slice(2)}`);
  if (groups[0] === '6' && groups[1]?.length === 8) return isDutch(`0${digits}`);
  return (digits.startsWith('0') && isDutch(digits)) || isOfAnotherCountry(phone);
}

/** `0.2465`, where a table goes on with more of them. */
function isDecimal({ groups, gaps }: Candidate): boolean {
  return groups[0] === '0' && gaps[0] === '.' && groups[1] !== '6';
}

/** `03-2026-0045`, `036/2026/112` */
function isNumberInYear({ groups, gaps }: Candidate): boolean {
  if (!/^(?:19|20)\d\d$/.test(groups[1] ?? '')) return false;
  const slashes = gaps.length > 1 && gaps.every((gap) => gap === '/');
  return slashes || (/^0[1-57-9]$/.test(groups[0]!) && /[-./]/.test(gaps[0]!));
}

/** A local number, one without its zero, or one of another country; no service number, no pair of years. */
function isPhoneIfCalledSo({ digits, gaps }: Candidate): boolean {
  return (
    digits.length <= 12 &&
    gaps.every((gap) => /^[) -]{1,3}$/.test(gap)) &&
    !isServiceNumber(digits) &&
    !/^(?:(?:19|20)\d\d){2}$/.test(digits)
  );
}

/**
 * Separators as in a phone number outweigh a word before it ("my case 06-12345678"), but not where that word calls it
 * its number ("case number 06-12345678").
 */
function isSomethingElse(text: string, phone: Candidate, called: boolean, from: number): boolean {
  if (isAmount(text, phone)) return true;
  if (called) return false;
  if (isCalledBsn(text, phone.start)) return true;
  const plain = (phone.groups.length === 1 || phone.digits.startsWith('00')) && !phone.prefix.includes('+');
  return isPartOfCode(text, phone, from) || isNamedOtherwise(text, phone, plain ? 'identifier' : 'number');
}
