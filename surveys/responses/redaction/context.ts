import type { Range } from './range.ts';

/** How far back the words before a number are read. */
const reach = 48;

/** The words right before an offset. */
export function textBefore(text: string, start: number): string {
  return text.slice(Math.max(0, start - reach), start);
}

/** The words right after an offset. */
export function textAfter(text: string, end: number): string {
  return text.slice(end, end + reach);
}

const amountBefore = /(?:€|\$|£|\beur(?:o)?)\s?$/iu;
const amountAfter =
  /^(?:,-|,\d{1,2}(?!\d)|\s?(?:€(?!\s?\d)|%|(?:euros?|eur|dollars?|pounds?|miljoen|million|inwoners|inhabitants|procent|percent|kwh|kw|kg|km|m[23]|liter|meter|ton|stuks|keer|personen|mensen|people|woningen|bladzijden|pages)\b))/iu;

/** Whether a number is an amount: a currency or a unit stands beside it, or decimals follow. */
export function isAmount(text: string, { start, end }: Range): boolean {
  return amountBefore.test(textBefore(text, start)) || amountAfter.test(textAfter(text, end));
}

/** What is known by its number, so that the number follows the bare word: "kenmerk 06…". */
const identifiers =
  'zaak|dossier|kenmerk|referentie|factuur|polis|(?:afval|huisvuil|stort)pas|(?<!\\p{L})(?:order|ticket|chip|kvk|rsin|btw|barcode|ean|isbn|case|reference|ref\\.?|invoice|booking|tracking|passport|paspoort|kamer van koophandel|chamber of commerce)';
/** What has a number, and is also spoken of without it: "mijn aanvraag". */
const things = `${identifiers}|bestelling|bestel|meldings?|klant|debiteur|aanvraag|vergunning|artikel|product|serie|contract|relatie|boete|bekeuring|beschikking|aanslag|afspraak|transactie|betaling|klacht|bezwaar|document|brief|letter|perceel|loket|rijbewijs|kentekenbewijs|certificaat|verwijzing|container|(?:bibliotheek|milieu|stads|toegangs|klanten|parkeer)pas|(?<!\\p{L})(?:laad|lantaarn)?paal|lichtmast|(?<!\\p{L})(?:request|badge|lot|batch|rij|row|model|volg|bon|id-kaart|file|application|permit|customer|client|claim|complaint|serial|item|part|object|track|receipt|transaction|payment|licence|license|account|meter)`;
const numberWord = '(?:nummers?|nrs?\\.?|no\\.?|numbers?|id|code)(?!\\p{L})';
const has = '(?:\\s(?:heeft|had|met|onder|draagt|kreeg|has|had|with|under))(?:\\s(?:het|als|the|a|as))?\\s';
const linking = '(?:\\s(?:is|was|met|with|van|of|onder|under))?[\\s:=#("\']{0,3}$';
const article = '(?:het|de|een|mijn|ons|uw|jullie|dat|the|my|our|your|a|an)\\s';

const bareThing = new RegExp(`(?:${things})s?${linking}`, 'iu');
const bareIdentifier = new RegExp(`(?:${identifiers})s?${linking}`, 'iu');
/** "Kenmerk: 06…" */
const labelled = new RegExp(`(?:${identifiers})s?\\s?[:=#]\\s?$`, 'iu');
const ofWhat =
  '(?:\\s(?:van|voor|of|for)(?:\\s\\p{L}{1,20}){1,3}|\\s(?:dat|die|that|which)(?:\\s\\p{L}{1,20}){1,3}(?=\\s(?:is|was)\\s|:))?';
const numberOfThing = new RegExp(`(?:${things})s?(?:[\\s-]?|${has})${numberWord}${ofWhat}${linking}`, 'iu');
/** "put nr 1…", "pole number 1…": a noun of any kind, not "mijn nummer". */
const anyNoun = new RegExp(
  `(?<!\\p{L})(?!(?:mijn|het|dit|dat|deze|een|op|via|met|en|of|is|was|uw|ons|onze|haar|zijn|hun|jouw|je|m'?n|onder|nieuwe?|oude?|eigen|ander|volgende?|juiste|persoonlijke?|bsn|sofi|service|mobiele?|telefoon|the|my|your|our|his|her|their|this|that|and|new|old|own|right|wrong|personal|citizen|security|phone|mobile|id)\\s)\\p{L}{2,20}\\s${numberWord}${linking}`,
  'iu',
);

/** "meternummer", "containercode": every compound but those that mean a telephone or a person. */
const compound = new RegExp(
  `(?<!\\p{L})(?!(?:\\p{L}{0,12}telefoon|mobiele?|gsm|tel|(?:terug|op)?bel|fax|(?:nood)?contact|nood|bereikbaarheids|oproep|mantelzorg(?:ers?)?|whats-?app|app|privé|prive|werk|thuis|zakelijk|vast|doorkies|burgerserv\\p{L}{2,5}|bsn|sofi|persoons)-?(?:nummer|nr))\\p{L}[\\p{L}-]{2,40}(?:nummers?|nrs?\\.?|code)${ofWhat}${linking}`,
  'iu',
);

const saidAfter = new RegExp(
  `^[)"']?\\s?(?:(?:is|was)\\s(?:${article})?|(?:\\p{L}{1,12}\\s){0,3}(?:als|as|=)\\s(?:${article})?|\\()(?:(?:${things})[\\s-]?${numberWord}|kenmerk|referentie|reference)`,
  'iu',
);

/** How firmly words must name a number: as the number of a thing, by a bare identifier as well, or by any thing. */
export type Naming = 'number' | 'identifier' | 'thing';

/**
 * Whether the words beside a number name it as something else than a person's: a case, an invoice, a permit. "Case
 * number 06…" does so firmly, "case 06…" less, and in "about my permit 06…" the thing merely stands before it.
 */
export function isNamedOtherwise(text: string, { start, end }: Range, naming: Naming): boolean {
  const before = textBefore(text, start);
  if (
    labelled.test(before) ||
    numberOfThing.test(before) ||
    compound.test(before) ||
    saidAfter.test(textAfter(text, end))
  )
    return true;
  if (naming === 'thing') return bareThing.test(before) || anyNoun.test(before);
  return naming === 'identifier' && bareIdentifier.test(before);
}

/**
 * Whether a number is glued to a prefix or suffix: `Z-123`, `Z/23/123`, `2026-123`, `#123`, `NL123B01`, `0.123`. A
 * word that someone forgot to part from it ("mobiel0612345678bellen") is none.
 * @param from where to start looking: what lies before belongs to something else
 */
export function isPartOfCode(text: string, { start, end }: Range, from = 0): boolean {
  const before = text.slice(Math.max(from, start - 5), start);
  if (/(?:[\p{N}_#]|(?<!\d)\d{1,3},|\d[-/._:]|(?<!\p{L})\p{L}{1,3}[-/_])$/u.test(before)) return true;
  if (/\p{L}$/u.test(before) && !/\p{Ll}{3}$/u.test(before)) return true;
  return /^(?:_|\p{L}{1,2}(?!\p{L})|\p{L}+\d|[-_]\d(?!\d{8}))/u.test(textAfter(text, end));
}
