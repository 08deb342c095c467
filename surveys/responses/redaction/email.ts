import { type Range, rangesOf } from './range.ts';
import { findSpeltEmails, topLevels } from './spelt-email.ts';

const localWord = "[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]{1,64}";
const label = '[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?';
const local = `(?:"[^"@\\s]{1,64}"|${localWord}(?:\\.{1,2}${localWord}){0,8}\\.?)`;

/** `jan@voorbeeld.nl`, `jan@@voorbeeld.nl` */
const plain = new RegExp(`${local}@{1,2}(?:${label}\\.){1,8}(?:xn--[a-z0-9-]{1,59}|\\p{L}{2,24})`, 'giu');

/** The well-known hosts of private mail. */
const providers =
  'gmail|googlemail|hotmail|outlook|live|msn|icloud|yahoo|ziggo|kpnmail|kpnplanet|planet|xs4all|upcmail|casema|chello|hetnet|telfort|tele2|solcon|proton|protonmail|gmx|freedom';

/** Slips around the last dot: `jan@voorbeeld,nl`, `jan@voorbeeld..nl`, `jan@gmail`, `jan@gmailcom`, `jan@hotmail com`, `jan@ gmail .com`. */
const slips = new RegExp(
  `${local}@\\s?(?:(?:${label}(?: ?\\.{1,3}|,) ?){1,4}(?:${topLevels})|(?:${providers})(?:[ ,;]{0,2}(?:com|nl|net))?)(?![\\p{L}\\p{N}])`,
  'giu',
);

/** `j a n @ v o o r b e e l d . n l` */
const spaced =
  /(?<![\p{L}\p{N}])(?:[\p{L}\p{N}._-] ){2,64}@ (?:[\p{L}\p{N}.-] ){3,64}[\p{L}](?![\p{L}\p{N}])/giu;

/** E-mail addresses: plain, with slips, spaced, or spelt out in Dutch or English. */
export function findEmails(text: string): Range[] {
  const typed = text.includes('@')
    ? [plain, spaced, slips].flatMap((pattern) => rangesOf(pattern, text))
    : [];
  return [...typed, ...findSpeltEmails(text)];
}
