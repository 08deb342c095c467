import type { DutchAddress } from '../../schemas/generated/contact.ts';

export interface PostalAddress {
  /** What stands on the envelope: name, street with number, postcode with city, on a line each. */
  lines: string;
  /** One spelling per household, for hashing only: `1315NT 12b3`. */
  normalised: string;
}

/** As PostNL gives them out; none begins with a zero. */
const postcodeForm = /^([1-9]\d{3})\s?([A-Z]{2})$/i;
const householdForm = /^([1-9]\d{3}\s?[A-Z]{2})[\s,]+(\d.*)$/i;
/** The print service takes no line that begins so; a control sign could begin another line. */
const unfit = /^[@()=[\]"”\\/,<>~]|[\p{C}\p{Zl}\p{Zp}]/u;

/**
 * Reads a Dutch postal address. The household is known by postcode and house number alone, so that it is the same
 * whoever in it is written to.
 * @returns undefined when no letter can go there
 */
export function readPostalAddress(address: DutchAddress): PostalAddress | undefined {
  const { name, street, houseNumber, city } = tidied(address);
  const postcode = printedPostcode(address.postcode);
  const normalised = householdOf(address.postcode, houseNumber);
  const lines = [name, `${street} ${houseNumber}`, `${postcode} ${city}`];
  if (normalised === undefined || [name, street, city].some((part) => part === '')) return undefined;
  return lines.some((line) => unfit.test(line)) ? undefined : { lines: lines.join('\n'), normalised };
}

/** A household as somebody types it, postcode first: `1315 NT 12 B-3`. */
export function readHousehold(text: string): string | undefined {
  const [, postcode = '', houseNumber = ''] = householdForm.exec(text.normalize('NFKC').trim()) ?? [];
  return householdOf(postcode, houseNumber);
}

/** Whether a recipient is a postal address; no e-mail address or phone number has a second line. */
export function isPostalAddress(address: string): boolean {
  return address.includes('\n');
}

function householdOf(postcode: string, houseNumber: string): string | undefined {
  const [, digits, letters] = postcodeForm.exec(postcode.trim()) ?? [];
  const number = houseNumber
    .normalize('NFKC')
    .toLowerCase()
    // 12-3 is another house than 123; 1-A and 1 A are the same.
    .replaceAll(/(?<=\d)[^\da-z]+(?=\d)/g, '-')
    .replaceAll(/[^\da-z-]|(?<!\d)-|-(?!\d)/g, '');
  return digits && letters && /^\d/.test(number) ? `${digits}${letters.toUpperCase()} ${number}` : undefined;
}

function printedPostcode(postcode: string): string {
  return postcode.trim().replace(postcodeForm, (_, digits, letters) => `${digits} ${letters.toUpperCase()}`);
}

/** Unicode in one form, one space between words; line ends stay what they are. */
function tidied(address: DutchAddress): DutchAddress {
  const tidy = (text: string) => text.normalize('NFKC').trim().replaceAll(/ +/g, ' ');
  const { name, street, houseNumber, postcode, city } = address;
  return {
    name: tidy(name),
    street: tidy(street),
    houseNumber: tidy(houseNumber),
    postcode,
    city: tidy(city),
  };
}
