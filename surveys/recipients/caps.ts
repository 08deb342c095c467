import { duplicatesOf } from '../bulk-writes.ts';
import { type Cap, CapModel } from './model.ts';

export interface CapClaim {
  addressHash: string;
  contact: string;
  /** The planned send: a cap that has ended by then is free. */
  sendAt: Date;
  until: Date;
}

/** The caps of these address hashes, by hash. */
export async function capsOf(hashes: string[]): Promise<Map<string, Cap>> {
  const caps = await CapModel.find({ _id: { $in: hashes } }).lean();
  return new Map(caps.map((cap) => [cap._id, cap]));
}

/** Whether a contact may take this cap: nobody holds it any more at the planned send, or the contact itself does. */
export function isFree(cap: Cap | undefined, claim: Pick<CapClaim, 'contact' | 'sendAt'>): boolean {
  return cap === undefined || cap.contact === claim.contact || cap.until <= claim.sendAt;
}

/**
 * Claims caps, each in one atomic upsert: of contacts that race for an address exactly one gets it.
 * Where another contact holds the cap the filter finds nothing, the upsert inserts, and the unique `_id` refuses it.
 * @returns the positions of the claims that came too late.
 */
export async function claimCaps(claims: CapClaim[]): Promise<Set<number>> {
  if (claims.length === 0) return new Set();
  const operations = claims.map(({ addressHash, contact, sendAt, until }) => ({
    updateOne: {
      filter: { _id: addressHash, $or: [{ contact }, { until: { $lte: sendAt } }] },
      update: { $set: { contact }, $max: { until } },
      upsert: true,
    },
  }));
  return duplicatesOf((options) => CapModel.bulkWrite(operations, options));
}

/** Frees the cap that a contact holds, because its invitation was never sent. */
export async function releaseCap(addressHash: string, contact: string): Promise<void> {
  await CapModel.deleteOne({ _id: addressHash, contact });
}
