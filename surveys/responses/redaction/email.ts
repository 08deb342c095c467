import { type Range, rangesOf } from './range.ts';

/** `jan@voorbeeld.nl`; spaces around the at sign and the dots are allowed where the whole still reads as one address. */
const plain =
  /[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*[@＠](?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+(?:xn--[a-z0-9-]+|\p{L}{2,})/giu;

const word = '[\\p{L}\\p{N}_+-]+';
const spelltDot = '(?:\\s?[([{<]\\s?(?:\\.|punt|dot|point)\\s?[)\\]}>]\\s?|\\s(?:punt|dot)\\s|\\s?\\.\\s?)';
const dottedWords = (dot: string) => `${word}(?:${dot}${word})*`;
const local = dottedWords(
  '(?:\\.|\\s(?:punt|dot|underscore|streepje|min(?:streepje)?)\\s|\\s?[([{](?:punt|dot)[)\\]}]\\s?)',
);
const domain = `${word}(?:${spelltDot}${word})*?${spelltDot}(?:nl|com|net|org|eu|be|de|fr|uk|co\\.uk|nu|info|biz|frl|amsterdam|frysk?lan|me|io|gov|edu|name|online|email|invalid|example|test)(?![\\p{L}\\p{N}])`;

/** `jan (at) voorbeeld punt nl`, `jan [apenstaartje] voorbeeld.nl`, `jan @ voorbeeld . nl`: the at is unmistakable. */
const markedAt = new RegExp(
  `(?<![\\p{L}\\p{N}])${local}(?:\\s?[([{<]\\s?(?:at|a|@|apenstaart(?:je)?|apestaart(?:je)?)\\s?[)\\]}>]\\s?|\\s?[@＠]\\s?|\\s(?:apenstaart(?:je)?|apestaart(?:je)?)\\s)${domain}`,
  'giu',
);

/** `jan at voorbeeld punt nl`: an English "at" may also be a plain word, so more is asked below. */
const wordAt = new RegExp(`(?<![\\p{L}\\p{N}])(${local})\\sat\\s(${domain})`, 'giu');

const providers =
  /^(?:gmail|googlemail|hotmail|outlook|live|msn|icloud|me|mac|yahoo|ziggo|kpnmail|kpnplanet|planet|home|xs4all|upcmail|casema|chello|hetnet|telfort|tele2|solcon|proton|protonmail)\b/iu;
const wordsBeforeAt =
  /^(?:look(?:ed|ing)?|it|me|us|them|him|her|you|is|was|are|were|be|been|found|find|see|saw|seen|read|available|work(?:s|ed|ing)?|arrived?|contact|mail|e-?mail|call|reach|and|or|that|this|page|website|site|info(?:rmation)?|form|here|there|online|problem|error|desk|counter|people|staff|someone|not|all|only|also|kijken?|keek|staat|stond)$/iu;

const beforeAddress =
  /(?:e-?mail(?:adres|\saddress)?|mailadres|naar|write\sto|reach\sme|bereikbaar)(?:\s(?:is|me|mij|naar|to|op|via|at))*[\s:]{1,3}$/iu;

/** E-mail addresses, plain, spaced or spelt out in Dutch or English. */
export function findEmails(text: string): Range[] {
  const found = /[@＠]/u.test(text) ? rangesOf(plain, text) : [];
  if (!/[@＠]|\bat\b|\(a\)|ape?n?staart/iu.test(text)) return found;
  return [...found, ...rangesOf(markedAt, text), ...findWordAt(text)];
}

function findWordAt(text: string): Range[] {
  return Array.from(text.matchAll(wordAt)).flatMap(({ 0: match, 1: name = '', 2: host = '', index }) => {
    if (wordsBeforeAt.test(name)) return [];
    const spelt = /\s(?:punt|dot)\s|[([{]/iu.test(host);
    const announced = beforeAddress.test(text.slice(Math.max(0, index - 40), index));
    const nameLike = /[\d._]|\s(?:punt|dot|underscore)\s/iu.test(name);
    return spelt || nameLike || announced || providers.test(host)
      ? [{ start: index, end: index + match.length }]
      : [];
  });
}
