import type { Context } from '../context.ts';
import { type AddressKind, addressHash } from '../recipients/address.ts';
import { normaliseEmail } from '../recipients/email.ts';
import { BounceModel, CapModel } from '../recipients/model.ts';
import { normalisePhone } from '../recipients/phone.ts';
import { readHousehold } from '../recipients/postal.ts';
import { optOutByHash } from './ending.ts';
import { InvitationModel } from './model.ts';

/** What was erased of an address. */
export interface ErasedAddress {
  /** Mails that were planned and do not go, reminders among them. */
  cancelled: number;
  /** Invitations that held the address sealed. */
  copies: number;
}

/** An address as it is looked for. */
export interface WantedAddress {
  kind: AddressKind;
  /** One spelling for one mailbox, one line or one household. */
  normalised: string;
}

/** Reads what somebody typed: an e-mail address, a phone number, or a Dutch postcode with house number; otherwise undefined. */
export function readAddress(text: string): WantedAddress | undefined {
  const email = normaliseEmail(text)?.normalised;
  if (email !== undefined) return { kind: 'email', normalised: email };
  const household = readHousehold(text);
  if (household !== undefined) return { kind: 'post', normalised: household };
  const phone = normalisePhone(text);
  return phone === undefined ? undefined : { kind: 'phone', normalised: phone };
}

/**
 * Erases an address because its owner asks: planned mails and reminders are cancelled, every sealed copy goes, and so
 * do the hashes that tied invitations, the cap and a bounce to it. What stays is the keyed hash among the opt-outs, so
 * that the address is never invited again; an invitation that is planned at this very moment is ended when it is due.
 * Answers stay: nothing tells whose they are. Safe to repeat.
 */
export async function eraseAddress({ keys }: Context, wanted: WantedAddress): Promise<ErasedAddress> {
  const hash = addressHash(keys, wanted.kind, wanted.normalised);
  const ofAddress = { addressHash: hash };
  const [cancelled, copies] = await Promise.all([
    InvitationModel.countDocuments({ ...ofAddress, nextAt: { $exists: true } }),
    InvitationModel.countDocuments({ ...ofAddress, address: { $exists: true } }),
  ]);
  await optOutByHash(hash);
  await InvitationModel.updateMany(ofAddress, { $unset: { address: true, addressHash: true, mails: true } });
  await CapModel.deleteOne({ _id: hash });
  await BounceModel.deleteOne({ _id: hash });
  return { cancelled, copies };
}
