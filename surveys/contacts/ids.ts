import { type Keys, keyedHash } from '../keys.ts';

/** The ledger id of a contact: a keyed hash, so the ledger names nobody's case. */
export function contactId(keys: Keys, source: string, id: string): string {
  return keyedHash(keys.contact, [source, id]);
}

/** The id of a contact's one invitation, given its ledger id. */
export function invitationId(keys: Keys, contact: string): string {
  return keyedHash(keys.invitation, [contact]);
}
