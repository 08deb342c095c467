import { type Keys, keyedHash } from '../keys.ts';
import { open, seal } from './sealing.ts';

/** How somebody can be reached; a postal address is known by its household. */
export type AddressKind = 'email' | 'phone' | 'post';

/** What stands for an address wherever it need not be read: 64 hex characters, useless without the key. */
export function addressHash(keys: Keys, kind: AddressKind, normalised: string): string {
  return keyedHash(keys.addressHash, [kind, normalised]);
}

/** Encrypts an address at rest for one invitation (its id is the context). */
export function sealAddress(keys: Keys, address: string, invitation: string): string {
  return seal(keys.addressEncryption, Buffer.from(address), invitation);
}

/** @throws when the address was not sealed with this installation's key for this invitation. */
export function openAddress(keys: Keys, sealed: string, invitation: string): string {
  const address = open(keys.addressEncryption, sealed, invitation);
  if (!address) throw new Error('an address can not be opened: SECRET_KEY is not the one it was sealed with');
  return address.toString();
}
