import { textBefore } from './context.ts';
import type { Range } from './range.ts';

/** SA, SD and SS are not given out. Dictated or typed apart: `13 15 AB`, `1315 A B`. */
const postcode =
  '(?:[1-9]\\d{3}|(?<!\\d[ ./-]?)[1-9]\\d \\d{2})(?: {0,2}|[.-])(?!S[ADS](?!\\p{L}))[A-Za-z] ?[A-Za-z](?!\\p{L})';
const floor = '\\d{1,4}(?: hoog|e (?:etage|verdieping))';
const addition = `(?:[ -]?(?:bis|hs|rd|bg|[a-hA-H](?!\\p{L}))|[a-zA-Z](?!\\p{L}))?(?:[ /-](?:${floor})|,? (?:kamer|room|studio|unit|flat|appartement|apartment) \\d{1,4}|[-/]\\d{1,4}[a-zA-Z]{0,2}| -[1-9]\\d{0,2}(?![-.]?\\d)| - [1-9]\\d{0,2}(?=[ ,]{1,2}[1-9]\\d{3} ?[a-zA-Z]{2}(?!\\p{L}))|[-/ ]?(?:huis|boven|beneden|links|rechts|sous(?:ol|terrain)?|parterre|bel-?etage)|[-/][a-zA-Z]{1,3}\\d{0,3}|[ -]?(?:I{2,3}|IV|V)|-I)?`;
/** On a dike in Almere the numbers look like 01-13. */
const houseNumber = `(?:0(?=[1-5]-\\d{1,3}(?![ -]?\\d)))?[1-9]\\d{0,4}${addition}(?: (?:t/m|tm|tot en met) \\d{1,5})?(?![\\p{L}\\p{N}])`;
const numberWord =
  '(?:(?:mijn |het |my )?(?:huisnummers?|huis(?:nr|no)s?\\.?|h(?:s\\.? ?)?nr?s?\\.?|nummers?|nrs?\\.?|no\\.?|house (?:number|no\\.?)|number|house|huis|flat|apartment|apt\\.?|appartement|app\\.|unit|kavel|ligplaats|#)(?: is | ?[:=] ?| )?)';
const gap = '[\\s,;:/(-]{0,4}';
/** What stands in capitals before another number. */
const otherName =
  '(?:B[Ss][Nn]|S[Oo][Ff][Ii]|I[Bb][Aa][Nn]|K[Vv][Kk]|T[Ee][Ll]|Burgerservice|Zaak|Dossier|Klant)';
const place = `(?:(?:'[st][ -])?(?!${otherName})\\p{Lu}[\\p{L}'-]{1,30}[ ,]{0,2}){1,3}`;
/** Streets that are not told by their ending, where something stands between town and street. */
const anyStreet =
  "(?: ?- |, ?)(?:(?:van|de|der|den|het|'t) )*(?:\\p{Lu}[\\p{L}'.-]{1,30} (?:(?:van|de|der|den|het|'t) )*){1,4}";
const streetEnd =
  '(?:straat|str|laan|weg|plein|hof|kade|dijk|pad|dreef|singel|gracht|steeg|markt|plantsoen|werf|burg|park|veld|kamp|akker|oord|erf|gaarde|meent|donk|heuvel|berg|haven|wal|ring|allee|boulevard|baan|poort|brink|brug|sluis|vaart|zoom|rand|horst|land|waard|tuin|meer|eiland|strand|hoek|bos|street|road|avenue|lane|vest|diep|weide|tuinen|hage)';
const street = `(?:[\\p{L}'.-]{1,30} ){0,4}[\\p{L}'-]{0,30}${streetEnd}\\.? `;

/** Only a number is left in the sentence, and no year: "1315 AB Almere, 12." */
const lastOfSentence = '(?=(?!(?:19|20)\\d\\d)\\d{1,4}[a-zA-Z]?\\s?(?:[.,;!?)\\n](?!\\d)|$))';
/** "12 (boven), 1315 AB" */
const remark = '(?: ?\\([^()\\n]{1,25}\\))?';

/** What says that a number after a postcode counts something. */
const countsSomething =
  '(?!\\s?(?:uur|u|keer|maal|x|jaar|jaren|dag(?:en)?|week|weken|maand(?:en)?|min(?:uten)?|meter|m2|km|inch|euro|eur|procent|percent|%|€|°|graden|mensen|personen|woningen|huizen|straten|bomen|bewoners|buren|gezinnen|kinderen|mannen|vrouwen|bezoekers|medewerkers|meldingen|klachten|brieven|mails|containers|lantaarns|lantaarnpalen|lampen|banken|bankjes|parkeerplaatsen|plekken|plaatsen|sterren|punten|liter|kilo|ton|stuks|cm|mm|kg|stars|points|streets|trees|children|complaints|reports|letters|years?|days?|weeks?|months?|minutes?|hours?|times|metres|people|houses|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|january|february|march|may|june|july|august|october)(?!\\p{L}))(?!:\\d)(?![.,]\\d)';

/** "1315 AB en 1316 AB", "1315 AB 3x". */
const noHouseNumber = '(?![1-9]\\d{3} ?[A-Z]{2}(?!\\p{L})|\\d{1,3}x(?!\\p{L}))';

/** `1315 AB 12`, `1315ab12a`, `1315 AB, nr. 12`, `1315 AB Almere, huisnummer 12`, `1315 AB Almere, Dorpsstraat 12`. */
const postcodeFirst = new RegExp(
  `(?<![\\p{L}\\p{N}])(${postcode})(?:${gap}(?:[+&]\\s(?=${numberWord}))?(?:(?:en|and|met|with|te)\\s)?${numberWord}?|[ ,]{1,2}${place}[\\s,(]{0,2}(?:(?:en|and|op|met)\\s)?${numberWord}|(?:[\\s,(]{1,3}(?:(?:te|in) )?${place})?[\\s,(-]{1,3}${street}${numberWord}?|[ ,]{1,2}${place}${lastOfSentence}|[ ,]{1,2}${place}${anyStreet})${noHouseNumber}${houseNumber}${countsSomething}`,
  'gu',
);

/** `Dorpsstraat 12, 1315 AB`, `nummer 12a (postcode 1315 AB)`, `Dorpsstraat 12 in Almere, 1315 AB`. */
const numberFirst = new RegExp(
  `(?<=^|[\\n:;(] ?|(?:\\p{L}{3,}|\\p{L}\\.|(?<!\\p{L})(?:op|at)|${numberWord})\\s?:?\\s?)${houseNumber}${remark}${gap}(?:(?:te|in|op|at|de|the|pc|postcode|postal code|zip code|is|en|and|mijn|my|met|with)[\\s:,]{1,2}){0,5}(?:(${place})[\\s,(]{0,2}(?:(?:met )?(?:postcode|pc)[\\s:]{1,2})?)?\\(?(${postcode})(?!\\p{N})`,
  'giu',
);

/** `43 Dorpsstraat, 1315 AB`: the English order. */
const numberBeforeStreet = new RegExp(
  `(?<![\\p{L}\\p{N}][-./]?)${houseNumber} (?:\\p{Lu}[\\p{L}'.-]{1,30} ){0,3}\\p{L}[\\p{L}'-]{2,30}${streetEnd}[\\s,]{1,3}(?:${place}[\\s,]{0,3})?(${postcode})(?!\\p{N})`,
  'gu',
);

/** "1315 AB and 1315 AC" are two postcodes, the first no house number. */
const anotherPostcode = /^[1-9]\d{3} ?[A-Z]{2}(?!\p{L})/u;

const units = /^(?:km|kg|cm|mm|ml|cl|dl|gb|mb|kb|tb|kw|wh|px|ms|hz|st|nd|rd|th)$/i;
const shortWords =
  /^(?:en|is|om|op|al|in|na|te|de|of|zo|er|je|we|ik|ze|me|nu|ja|ga|wc|tv|pc|jr|mw|dr|at|to|by|do|go|he|if|it|my|no|on|or|so|up|us|an|as|am|pm|be|hi|ok|vs|nl|eu|ca|ev|mn|zn|pp|wk|tm|nm|vd|nr|ff|da|ie|oa|bv|nv|ad)$/i;
const beforeYear =
  /(?<!\p{L})(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|january|february|march|may|june|july|august|october|sinds|since|jaar|year|van|tot|voor|vanaf|in)\s$/iu;

/** What has a number and stands somewhere: "bus 2 in 1315 AB". */
const numberedThing =
  /(?<!\p{L})(?:(?:bus|tram|metro|snel|spits)?lijn|bus|tram|metro|route|perron|spoor|afslag|balie|loket|klas|groep|team|ploeg|fase|top|cijfer|rapportcijfer|melding|klacht|zaak|artikel|bijlage|hal|zone|line|platform|desk|counter|class|grade|score|report|case|phase)\s?:?\s$/iu;

const postBox = /(?:postbus|antwoordnummer|p\.? ?o\.? ?box)\s?$/iu;

/** Dutch postcodes with a house number after or before them. A postcode alone names some twenty homes and stays. */
export function findAddresses(text: string): Range[] {
  if (!/[1-9]\d ?\d{2}[ .-]{0,2}[a-z] ?[a-z]/i.test(text)) return [];
  const ending = (code: string, { 0: match, index }: RegExpExecArray) =>
    isPostcode(code, text, index + match.length - code.length);
  const after = addressesBy(postcodeFirst, text, ({ 1: code = '', index }) => isPostcode(code, text, index));
  const before = addressesBy(numberFirst, text, (found) => {
    const { 0: match, 1: town = 'A', 2: code = '', index } = found;
    const words = textBefore(text, index);
    return (
      /^[\p{Lu}']/u.test(town) &&
      !anotherPostcode.test(match) &&
      ending(code, found) &&
      !beforeYear.test(words) &&
      !postBox.test(words) &&
      !numberedThing.test(words)
    );
  });
  const beforeStreet = addressesBy(
    numberBeforeStreet,
    text,
    (found) =>
      ending(found[1] ?? '', found) && !before.some(({ end }) => end === found.index + found[0].length),
  );
  return [...beforeStreet, ...before.map((range) => withNumberAfter(text, range, after)), ...after].sort(
    (a, b) => a.start - b.start,
  );
}

/** What a pattern finds that is an address. What is none may hold the beginning of one: "2026 op straat. 1315 AB 12". */
function addressesBy(pattern: RegExp, text: string, isAddress: (found: RegExpExecArray) => boolean): Range[] {
  const ranges: Range[] = [];
  const search = new RegExp(pattern);
  for (let found = search.exec(text); found; found = search.exec(text)) {
    if (isAddress(found)) ranges.push({ start: found.index, end: search.lastIndex });
    else search.lastIndex = found.index + 1;
  }
  return ranges;
}

/** "Dorpsstraat 12 in 1315 AB 12": a number on either side of one postcode. */
function withNumberAfter(text: string, { start, end }: Range, after: Range[]): Range {
  const other = after.find((range) => start < range.start && range.start < end);
  const further = other ? text.slice(end, other.end) : '';
  return { start, end: /\p{L}{3}/u.test(further) ? end : end + further.length };
}

/** Tells `1315 AB` from "2019 al", "5000 kg" and, where the whole text shouts, "IN 2024 EN 12 KEER". */
function isPostcode(code: string, text: string, at: number): boolean {
  const apart = /^\d\d |[a-z] [a-z]$/i.test(code);
  const letters = code.replaceAll(' ', '').slice(-2);
  const capitals = letters === letters.toUpperCase();
  if (/postcode\W{0,3}(?:is\s|:\s?)?$/iu.test(textBefore(text, at))) return true;
  const yearLike = /^(?:19|20)/.test(code);
  if (apart) return capitals && !yearLike && !shortWords.test(letters);
  if (units.test(letters) && !capitals) return false;
  if (!shortWords.test(letters)) return true;
  if (capitals) return !yearLike || /\p{Ll}/u.test(text) || !/\p{L}{2}/u.test(text.replace(code, ''));
  return !yearLike && /^\d{4}[a-z]/.test(code);
}
