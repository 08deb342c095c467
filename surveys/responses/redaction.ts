import { findAddresses } from './redaction/address.ts';
import { findBsns } from './redaction/bsn.ts';
import { findEmails } from './redaction/email.ts';
import { findIbanShapes, findIbans } from './redaction/iban.ts';
import { inDigits } from './redaction/number-words.ts';
import { findPhones } from './redaction/phone.ts';
import { inPlainCharacters, withoutLookalikes } from './redaction/plain-characters.ts';
import { overlaps, type Range } from './redaction/range.ts';
import { findDatesAndTimes } from './redaction/time.ts';
import { originOf } from './redaction/view.ts';

export type PersonalDataKind = 'email' | 'phone' | 'iban' | 'bsn' | 'address';

/** A piece of personal data in a text: UTF-16 offsets, `end` exclusive. */
export interface PersonalData extends Range {
  kind: PersonalDataKind;
}

const markers: Record<PersonalDataKind, string> = {
  email: '[e-mail]',
  phone: '[telefoon]',
  iban: '[iban]',
  bsn: '[bsn]',
  address: '[adres]',
};

/**
 * Finds e-mail addresses (also spelt out: "jan (at) voorbeeld punt nl"), IBANs by their check digits, Dutch postcodes
 * with a house number, phone numbers (also in words: "nul zes …"), and citizen service numbers (BSN) by their
 * eleven-test. In order of appearance, never overlapping. Dates, times, amounts, service numbers and numbers that are
 * named as a case, invoice and so on are left alone.
 */
export function findPersonalData(text: string): PersonalData[] {
  const view = inDigits(withoutLookalikes(inPlainCharacters(text)));
  const found: PersonalData[] = [];
  for (const { kind, ...range } of findIn(view.text)) {
    const { start, end } = originOf(view, range);
    const last = found.at(-1);
    // Two pieces that share one word ("twaalf" is two digits) become one.
    if (last && start < last.end) last.end = Math.max(last.end, end);
    else found.push({ start, end, kind });
  }
  return found;
}

function findIn(text: string): PersonalData[] {
  const found: PersonalData[] = [];
  const take = (kind: PersonalDataKind, ranges: Range[]) => {
    for (const { start, end } of ranges) {
      if (!found.some((earlier) => overlaps(earlier, { start, end }))) found.push({ start, end, kind });
    }
  };
  take('email', findEmails(text));
  if (/\d/.test(text)) {
    take('iban', findIbans(text));
    take('address', findAddresses(text));
    const taken = [...found, ...findIbanShapes(text), ...findDatesAndTimes(text)];
    take('phone', findPhones(text, taken));
    take('bsn', findBsns(text, [...taken, ...found]));
  }
  return found.sort((a, b) => a.start - b.start);
}

/**
 * The text with each piece of personal data replaced by a marker of its kind. Repeated until nothing is found, since
 * what stood beside a piece reads differently without it; so redacting twice changes nothing more.
 */
export function redact(text: string): string {
  let result = text;
  for (let found = findPersonalData(result); found.length > 0; found = findPersonalData(result)) {
    result = withMarkers(result, found);
  }
  return result;
}

function withMarkers(text: string, found: PersonalData[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end, kind } of found) {
    pieces.push(text.slice(from, start), markers[kind]);
    from = end;
  }
  return pieces.join('') + text.slice(from);
}
