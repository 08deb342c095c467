import { countrySpecs, electronicFormatIBAN, ValidationErrorsIBAN, validateIBAN } from 'ibantools';
import { textBefore } from './context.ts';
import { overlaps, type Range, rangesOf } from './range.ts';

/** A dot before a space ends a sentence, and no account number goes on there. */
const separators = '(?:\\s{1,3}|\\s?[,:;/|_*-]\\s?|\\.)?';
/** A country with check digits: as a word, glued to one ("rekeningNL91"), or letter by letter ("N L 9 1"). */
const starts = new RegExp(
  `(?:(?<![\\p{L}\\p{N}])|(?<=iban|rekening|nummer))[A-Za-z]{2}${separators}\\d${separators}\\d|[A-Z]{2}\\d\\d|(?<![\\p{L}\\p{N}])[A-Za-z] [A-Za-z] \\d \\d`,
  'gu',
);
const shapes = new RegExp(
  `(?<![\\p{L}\\p{N}])[a-z]{2}\\s?\\d{2}${separators}(?:[a-z]{4}(?:${separators}\\d){8,11}|(?:${separators}\\d){10,26})(?![\\p{L}\\p{N}])`,
  'giu',
);
const codes = /(?<![\p{L}\p{N}])[a-z]{2}\s?\d{2}[\s.-]?[a-z]{4}(?:[\s.-]?\d){6,12}/giu;
const named =
  /(?:(?<![\p{L}[])(?:iban|rek)|rekening|account)\.?(?:[\s-]?(?:nummer|nr|number|no))?\.?(?:\s(?:is|was))?[\s:=("'-]{0,3}$/iu;

/**
 * IBANs whose length fits their country and whose check digits (ISO 13616, mod 97) are right, however they are spaced;
 * and what is called an account number right before it and has the shape of an IBAN: a slip of the finger still tells
 * most of it.
 */
export function findIbans(text: string): Range[] {
  const found: Range[] = [];
  for (const { start } of rangesOf(starts, text)) {
    const iban = ibanAt(text, start);
    if (iban && !found.some((earlier) => overlaps(earlier, iban))) found.push(iban);
  }
  const called = rangesOf(shapes, text).filter(({ start }) => named.test(textBefore(text, start)));
  return [...found, ...called.filter((shape) => !found.some((iban) => overlaps(iban, shape)))];
}

/** What looks like an IBAN, valid or not: its digits are no phone number or BSN. */
export function findIbanShapes(text: string): Range[] {
  return rangesOf(codes, text);
}

function ibanAt(text: string, start: number): Range | undefined {
  const country = text
    .slice(start, start + 3)
    .replace(/\s/g, '')
    .slice(0, 2)
    .toUpperCase();
  const length = countrySpecs[country]?.chars;
  if (!length) return undefined;
  const pattern = new RegExp(`[a-z0-9](?:${separators}[a-z0-9]){${length - 1}}(?!\\d)`, 'iuy');
  pattern.lastIndex = start;
  if (!pattern.test(text)) return undefined;
  const range = { start, end: pattern.lastIndex };
  return isIban(text.slice(range.start, range.end)) && endsWell(text, range) ? range : undefined;
}

function isIban(written: string): boolean {
  const iban = electronicFormatIBAN(written.replaceAll(/[^\p{L}\d]/gu, ''));
  if (!iban) return false;
  // Some countries check the account number within as well; a slip there leaves an IBAN an IBAN.
  const { WrongAccountBankBranchChecksum } = ValidationErrorsIBAN;
  return validateIBAN(iban).errorCodes.every((code) => code === WrongAccountBankBranchChecksum);
}

/** A letter may follow a digit where someone forgot a space; it may not go on after a letter. */
function endsWell(text: string, { end }: Range): boolean {
  return /\d/.test(text[end - 1]!) || !/^[\p{L}]/u.test(text.slice(end));
}
