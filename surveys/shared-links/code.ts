import { randomInt } from 'node:crypto';

/** Crockford's base 32: no I, L, O and U, so that what is read from paper is typed right. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 8;

/** A fresh code of 40 random bits, in two groups: `7KQ2-M9XD`. */
export function mintCode(): string {
  const text = Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
  return `${text.slice(0, 4)}-${text.slice(4)}`;
}

/**
 * A code as it was minted, from what somebody typed: in either case, with or without the hyphen, with spaces, with the
 * letters that look like digits.
 * @returns undefined when it can't be a code
 */
export function readCode(typed: string): string | undefined {
  const text = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  const known = text.length === length && [...text].every((character) => alphabet.includes(character));
  return known ? `${text.slice(0, 4)}-${text.slice(4)}` : undefined;
}
