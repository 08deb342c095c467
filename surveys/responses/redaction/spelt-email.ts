import type { Range } from './range.ts';

/** Top-level domains for where a dot may just as well end a sentence. */
export const topLevels =
  'nl|com|net|org|eu|be|de|fr|co\\.uk|uk|nu|info|biz|frl|amsterdam|frysk?lan|me|io|gov|edu|name|online|email|pl|tr|com\\.tr|ma|it|es|pt|ro|bg|at|ch|se|dk|us|ca|app|dev|site|shop|xyz|invalid|example|test|local';

const ends = '(?![\\p{L}\\p{N}])';
const starts = '(?<![\\p{L}\\p{N}])';
const word = '[\\p{L}\\p{N}_+-]{1,64}';
const open = `[([{<*'"|~]{1,2} ?`;
const close = ` ?[)\\]}>*'"|~]{1,2}`;
const atWord = 'ape?n?staart(?:je)?|apenstaarje|aapje|at-?teken|at[ -]?sign|arroba';
const dotWord = 'punt|dot|point|punkt|stip';

const dot = `(?: ?${open}(?:\\.|${dotWord})${close} ?| (?:punt|dot|punkt) )`;
const joint = `(?:\\.|${dot}| (?:(?:laag |liggend )?streepje|koppelteken|min(?:streepje)?|dash|hyphen|underscore|plus) )`;
const local = `${word}(?:${joint}${word}){0,6}`;
/** After a spelt dot any ending will do; after a written one with spaces only a known one. */
const domain = `${word}(?:(?:${dot}|\\.)${word}){0,3}(?:${dot}(?:n l|\\p{L}{2,12})|(?: ?\\. ?)(?:${topLevels}))${ends}`;
const markedAt = `(?: ?${open}(?:at|a|@|${atWord})${close} ?| ?@ ?| ?(?:${atWord}) ?)`;

/** `jan (at) voorbeeld punt nl`, `jan [apenstaartje] voorbeeld.nl`, `jan @ voorbeeld . nl`: the at is unmistakable. */
const marked = new RegExp(`${starts}(${local})(${markedAt})(${domain})`, 'giu');

/** `jan-at-voorbeeld-dot-nl`, `jan_at_voorbeeld.nl` */
const joined = new RegExp(
  `${starts}[\\p{L}\\p{N}.]{1,64}([_/|*~-])at\\1[\\p{L}\\p{N}]{1,64}(?:\\1(?:${dotWord})\\1[\\p{L}\\p{N}]{1,64}){1,3}${ends}|${starts}[\\p{L}\\p{N}.]{1,64}_at_[\\p{L}\\p{N}-]{1,64}\\.(?:${topLevels})${ends}`,
  'giu',
);

/** `jan at voorbeeld punt nl`: an English "at" may also be a plain word, so more is asked below. */
const wordAt = new RegExp(`${starts}(${local}) at (${domain})`, 'giu');
/** `jan.jansen at gmail`, `mail: jansen at gmail` */
const bareProvider = new RegExp(
  `${starts}(${local})(?: at |${markedAt})(?:gmail|hotmail|outlook|yahoo|icloud|kpnmail|ziggo|xs4all|protonmail)${ends}`,
  'giu',
);

const privateHosts =
  /^(?:gmail|googlemail|hotmail|outlook|live|msn|icloud|me|mac|yahoo|ziggo|kpnmail|kpnplanet|planet|home|xs4all|upcmail|casema|chello|hetnet|telfort|tele2|solcon|proton|protonmail)\b/iu;
const ordinaryWord =
  /^(?:look(?:ed|ing)?|it|me|us|them|him|her|you|is|was|are|were|be|been|found|find|see|saw|seen|read|available|work(?:s|ed|ing)?|arrived?|contact|mail|e-?mail|call|reach|and|or|that|this|page|website|site|info(?:rmation)?|form|here|there|online|problem|error|desk|counter|people|staff|someone|not|all|only|also)$/iu;
/** Before a lone "@" in the sense of "at", or of a host without a name: "kijk @ voorbeeld.nl", "mails van @voorbeeld.nl". */
const wordBeforeSign =
  /^(?:kijk(?:en|t)?|keek|zie|ben|staat|stond|te|vind(?:en)?|gevonden|zag|lees|gelezen|werk(?:t|en)?|woon|sta|look|see|saw|am|is|was|work|live|found|van|naar|op|met|bij|of|from|to|with|on|or)$/iu;
const announcement =
  /(?:e-?mail(?:adres|\saddress)?|mailadres|naar|write\sto|reach\sme|bereikbaar)(?:\s(?:is|me|mij|naar|to|op|via|at))*[\s:]{1,3}$/iu;
const speltDot = new RegExp(`${dot}| \\. `, 'iu');
const readsAsName = new RegExp(
  `\\p{L}.{0,64}[\\d._]|[\\d._].{0,64}\\p{L}|(?:${dot})| (?:underscore|streepje) `,
  'iu',
);

/** E-mail addresses with the at sign or the dots in words, brackets or spaces. */
export function findSpeltEmails(text: string): Range[] {
  if (!/[@*|~]|\bat\b|_at_|\(a\)|\[a\]|ape?n?staart|aapje|arroba/iu.test(text)) return [];
  const found = Array.from(text.matchAll(marked)).flatMap(({ 0: match, 1: name = '', 2: at = '', index }) =>
    /^ @ ?$/.test(at) && wordBeforeSign.test(name) ? [] : [rangeOf(match, index)],
  );
  const spelt = Array.from(text.matchAll(wordAt)).flatMap(
    ({ 0: match, 1: name = '', 2: host = '', index }) =>
      !ordinaryWord.test(name) &&
      (speltDot.test(host) || privateHosts.test(host) || isAddress(text, name, index))
        ? [rangeOf(match, index)]
        : [],
  );
  const bare = Array.from(text.matchAll(bareProvider)).flatMap(({ 0: match, 1: name = '', index }) =>
    !ordinaryWord.test(name) && isAddress(text, name, index) ? [rangeOf(match, index)] : [],
  );
  const whole = Array.from(text.matchAll(joined), ({ 0: match, index }) => rangeOf(match, index));
  return [...[...found, ...spelt, ...bare].map((range) => withWholeName(text, range)), ...whole];
}

/** Whether a word before "at" is the name in an address: it reads as one, or the text announces an address. */
function isAddress(text: string, name: string, index: number): boolean {
  return readsAsName.test(name) || announcement.test(text.slice(Math.max(0, index - 40), index));
}

/** A name in several words, after what announces it: "mijn mail is roos bakker at gmail punt com". */
const wordsOfName = /mail(?:adres|\saddress)?(?:\sis\s|:\s?)((?:\p{L}{1,20} ){1,3})$/iu;

function withWholeName(text: string, { start, end }: Range): Range {
  const words = wordsOfName.exec(text.slice(Math.max(0, start - 80), start))?.[1] ?? '';
  return { start: start - words.length, end };
}

function rangeOf(match: string, start: number): Range {
  return { start, end: start + match.length };
}
