import { asWritten, type Reading, reread, type View } from './view.ts';

/** Other digits and separators, what can't be seen, and letters and signs of other widths and faces. */
const unusual =
  /(?![0-9 \n-])(?:[\p{N}\p{Z}\p{Pd}\p{Cc}\p{Cf}\p{M}]|[\u00b7\u2022\u2024\u2027\u22c5\u3002\u2044\u2215\u2212\uff00-\uffef\u{1d400}-\u{1d7ff}])/gu;

/**
 * A text in plain characters: digits of every script, letters and signs of other widths, and all kinds of spaces,
 * dashes, dots and slashes become their ASCII form; what can't be seen (zero-width characters, soft hyphens) is
 * left out.
 */
export function inPlainCharacters(text: string): View {
  const readings: Reading[] = [];
  for (const { 0: character, index } of text.matchAll(unusual)) {
    const as = plain(character);
    if (as !== character) readings.push({ start: index, end: index + character.length, as });
  }
  return reread(asWritten(text), readings);
}

function plain(character: string): string {
  if (/[\p{Cf}\p{M}\u115f\u1160\u3164\uffa0]/u.test(character)) return '';
  if (/[\p{Zl}\p{Zp}]/u.test(character)) return '\n';
  if (/[\p{Z}\p{Cc}]/u.test(character)) return ' ';
  if (/[\p{Pd}\u2212]/u.test(character)) return '-';
  if (/[\u00b7\u2022\u2024\u2027\u22c5\u3002]/u.test(character)) return '.';
  if (/[\u2044\u2215]/u.test(character)) return '/';
  const compatible = character.normalize('NFKC');
  if (/^[\x20-\x7e]$/.test(compatible)) return compatible;
  return /\p{Nd}/u.test(character) ? String(digitValue(character.codePointAt(0)!)) : character;
}

/** Every script has its ten digits in a row (Unicode Standard, 4.6), so counting back to the zero gives the value. */
function digitValue(codePoint: number): number {
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(codePoint - value - 1))) value++;
  return value;
}

/** A letter that people write for a digit: the letter o for a zero, an l or a capital i for a one. */
const lookalikes = /(?<!\p{L})o(?=\d)|(?<=\d)o(?!\p{L})|(?<=\d[-. ]?)[lI](?=\d{3})/giu;

/** A Dutch IBAN: where its digits stand, before and after the letters of the bank. */
const dutchIban =
  /(?<![\p{L}\p{N}])NL[ .-]?(?<check>[\doIl]{2})[ .-]?[a-z]{4}[ .-]?(?<account>[\doIl](?:[ .-]?[\doIl]){9})(?![\p{L}\p{N}])/dgiu;

/** Reads the letter o beside a digit as a zero ("O6"), and an l among digits as a one; both in all of a Dutch IBAN. */
export function withoutLookalikes(view: View): View {
  const inIbans = Array.from(view.text.matchAll(dutchIban)).flatMap(({ indices }) => [
    ...lettersForDigits(view.text, /[oIl]/gi, indices?.groups?.check),
    ...lettersForDigits(view.text, /[oIl]/gi, indices?.groups?.account),
  ]);
  const read = reread(view, inIbans);
  return reread(read, lettersForDigits(read.text, lookalikes));
}

function lettersForDigits(text: string, letters: RegExp, [start, end] = [0, text.length]): Reading[] {
  return Array.from(text.slice(start, end).matchAll(letters), ({ 0: letter, index }) => ({
    start: start + index,
    end: start + index + 1,
    as: /o/i.test(letter) ? '0' : '1',
  }));
}
