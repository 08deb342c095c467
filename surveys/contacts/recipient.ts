import type { ContactEvent } from '../../schemas/generated/contact.ts';
import type { Context } from '../context.ts';
import { addressHash } from '../recipients/address.ts';
import { mobileNumber } from '../recipients/phone.ts';
import { readPostalAddress } from '../recipients/postal.ts';

/** Where an invitation goes. */
export interface Recipient {
  /** An e-mail address, the number of a mobile phone in E.164, or the lines of a postal address. */
  sendTo: string;
  hash: string;
}

/**
 * Where an invitation goes to whom no mail can go: a phone number counts only where text messages are sent, a postal
 * address only where letters are sent and there is no such number.
 */
export function withoutEmail(
  { keys, textMessages, letters }: Pick<Context, 'keys' | 'textMessages' | 'letters'>,
  { phone = '', address }: NonNullable<ContactEvent['recipient']> = {},
): Recipient | undefined {
  const number = textMessages ? mobileNumber(phone) : undefined;
  if (number) return { sendTo: number, hash: addressHash(keys, 'phone', number) };
  const postal = letters && address ? readPostalAddress(address) : undefined;
  return postal && { sendTo: postal.lines, hash: addressHash(keys, 'post', postal.normalised) };
}
