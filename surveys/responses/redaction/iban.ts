import { countrySpecs, electronicFormatIBAN, isValidIBAN } from 'ibantools';
import { type Range, rangesOf } from './range.ts';

const starts = /(?:(?<![\p{L}\p{N}])|(?<=iban))[a-z]{2}[\s.-]?\d{2}/giu;
const shapes = /(?<![\p{L}\p{N}])[a-z]{2}\s?\d{2}[\s.-]?[a-z]{4}(?:[\s.-]?\d){6,12}/giu;

/** IBANs whose length fits their country and whose check digits (ISO 13616, mod 97) are right; spaced or not. */
export function findIbans(text: string): Range[] {
  return rangesOf(starts, text).flatMap(({ start }) => {
    const length = countrySpecs[text.slice(start, start + 2).toUpperCase()]?.chars;
    const end = length ? endAfter(text, start, length) : undefined;
    if (end === undefined) return [];
    const electronic = electronicFormatIBAN(text.slice(start, end).replaceAll('.', ''));
    return electronic && isValidIBAN(electronic) ? [{ start, end }] : [];
  });
}

/** What looks like an IBAN, valid or not: its digits are no phone number or BSN. */
export function findIbanShapes(text: string): Range[] {
  return rangesOf(shapes, text);
}

/** The offset after `length` letters and digits that at most two separators part, if a word ends there. */
function endAfter(text: string, start: number, length: number): number | undefined {
  const pattern = new RegExp(`[a-z0-9](?:[\\s.-]{0,2}[a-z0-9]){${length - 1}}(?![\\p{L}\\p{N}])`, 'iuy');
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
