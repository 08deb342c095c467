import { randomInt } from 'node:crypto';

/** Crockford's base 32: no I, L, O and U, so that what is read from paper is typed right. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** How many characters are in each group of a code. */
type Groups = readonly number[];

/** A fresh code of five random bits a character, in groups: `7KQ2-M9XD`. */
export function mintPaperCode(groups: Groups): string {
  const text = Array.from({ length: lengthOf(groups) }, () => alphabet[randomInt(alphabet.length)]).join('');
  return grouped(text, groups);
}

/**
 * A code as it was minted, from what somebody typed: in either case, with or without hyphens, with spaces, with the
 * letters that look like digits.
 * @returns undefined when it can't be a code of these groups
 */
export function readPaperCode(typed: string, groups: Groups): string | undefined {
  const text = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  const known =
    text.length === lengthOf(groups) && [...text].every((character) => alphabet.includes(character));
  return known ? grouped(text, groups) : undefined;
}

function lengthOf(groups: Groups): number {
  return groups.reduce((sum, length) => sum + length, 0);
}

function grouped(text: string, groups: Groups): string {
  let start = 0;
  return groups
    .map((length) => {
      start += length;
      return text.slice(start - length, start);
    })
    .join('-');
}
