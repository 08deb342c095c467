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
  /^(?:,-|,\d{1,2}(?!\d)|\s?(?:€|%|(?:euros?|eur|dollars?|pounds?|miljoen|million|inwoners|inhabitants)\b))/iu;

/** Whether a number is an amount: a currency or a unit stands beside it, or decimals follow. */
export function isAmount(text: string, { start, end }: Range): boolean {
  return amountBefore.test(textBefore(text, start)) || amountAfter.test(textAfter(text, end));
}

const things =
  'zaak|dossier|kenmerk|referentie|factuur|order|bestel|bestelling|ticket|melding|meldings|klant|debiteur|polis|kvk|rsin|btw|aanvraag|vergunning|artikel|product|serie|model|barcode|ean|isbn|contract|relatie|boete|bekeuring|beschikking|aanslag|afspraak|volg|bon|transactie|betalingskenmerk|betaling|case|file|reference|ref|invoice|application|permit|customer|client|claim|complaint|serial|item|part|object|tracking|track|booking|receipt|transaction|payment|passport|paspoort|id-kaart|rijbewijs|licence|license|document|kamer van koophandel|chamber of commerce';
const linking = '\\.?(?:\\s(?:is|was|met|with|van|of|onder|under))?[\\s:=#("\']{0,3}$';
const numberWord = '(?:nummers?|nrs?|no|numbers?|id|code)\\b';

const bareThing = new RegExp(`(?:${things})s?[\\s-]?(?:${numberWord})?${linking}`, 'iu');
const numberOfThing = new RegExp(`(?:${things})s?[\\s-]?(?:${numberWord})${linking}`, 'iu');

/** "meternummer", "containercode": every compound but those that mean a telephone or a person. */
const compound = new RegExp(
  `(?<!\\p{L})(?!(?:telefoon|mobiele?|gsm|tel|bel|fax|contact|nood|whats-?app|app|privé|prive|werk|thuis|doorkies|burgerservice|bsn|sofi|persoons)-?(?:nummer|nr))\\p{L}[\\p{L}-]{2,}(?:nummers?|nrs?|code)${linking}`,
  'iu',
);

const saidAfter = new RegExp(
  `^[\\s)"',]{0,2}(?:(?:is|was|als|as|=|-)\\s)?\\(?(?:(?:het|de|een|mijn|ons|uw|jullie|dat|the|my|our|your|a|an)\\s)?(?:${things})(?:[\\s-]?${numberWord}|\\b)`,
  'iu',
);

/**
 * Whether the words beside a number name it as something else than a person's: a case, an invoice, a permit.
 * `strictly`: only where they call it the number of that thing ("case number 06…"), not where the thing merely stands
 * before it ("about my case 06…").
 */
export function isNamedOtherwise(text: string, { start, end }: Range, strictly = false): boolean {
  const before = textBefore(text, start);
  if (numberOfThing.test(before) || compound.test(before)) return true;
  return !strictly && (bareThing.test(before) || saidAfter.test(textAfter(text, end)));
}

/**
 * Whether a number is glued to a prefix or suffix: `Z-123`, `Z/23/123`, `2026-123`, `#123`, `NL123B01`, `0.123`. A
 * word that someone forgot to part from it ("mobiel0612345678bellen") is none.
 * @param from where to start looking: what lies before belongs to something else
 */
export function isPartOfCode(text: string, { start, end }: Range, from = 0): boolean {
  const before = text.slice(Math.max(from, start - 3), start);
  if (/(?:[\p{N}_#]|\d[-/._:]|(?<!\p{L})\p{L}{1,3}[-/_])$/u.test(before)) return true;
  if (/\p{L}$/u.test(before) && !/\p{Ll}{3}$/u.test(before)) return true;
  return /^(?:_|\p{L}{1,2}(?!\p{L})|\p{L}+\d|[-_]\d(?!\d{8}))/u.test(textAfter(text, end));
}
