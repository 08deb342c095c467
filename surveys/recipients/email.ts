import { domainToASCII } from 'node:url';

export interface EmailAddress {
  /** Where mail goes: as given, with the domain in its ASCII form. */
  mailTo: string;
  /** One spelling per mailbox, for hashing only: lower case and without the plus-tag. */
  normalised: string;
}

const local = /^[^\s@<>()[\]\\,;:"\p{C}]{1,64}$/u;
const domain = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/**
 * Reads an e-mail address of the kind people have: `local@domain`, no quoted local part, no display name.
 * Unicode is brought to NFKC and the domain to punycode, so that one mailbox has one spelling.
 * @returns undefined when the text is no such address.
 */
export function normaliseEmail(text: string): EmailAddress | undefined {
  const [name = '', host = '', ...rest] = text.normalize('NFKC').trim().split('@');
  const asciiHost = domainToASCII(host).replace(/\.$/, '');
  if (rest.length > 0 || !local.test(name) || !domain.test(asciiHost)) return undefined;
  const untagged = name.replace(/(?<=.)\+.*$/, '');
  return { mailTo: `${name}@${asciiHost}`, normalised: `${untagged.toLowerCase()}@${asciiHost}` };
}
