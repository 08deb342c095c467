import { insertNew, isDuplicateKey } from '../bulk-writes.ts';
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
 * Claims caps: of contacts that race for an address exactly one gets it. Most addresses have no cap yet, so each claim
 * is a plain insert first; what is there already is taken over only where it is free.
 * @returns the claims that came too late.
 */
export async function claimCaps(claims: CapClaim[]): Promise<Set<CapClaim>> {
  if (claims.length === 0) return new Set();
  const there = await insertNew(
    CapModel,
    claims.map(({ addressHash: _id, contact, until }) => ({ _id, contact, until })),
  );
  return new Set(await takeOver(claims.filter((_, position) => there.has(position))));
}

/**
 * One atomic upsert per cap. Where another contact still holds it, the filter finds nothing, the upsert inserts, and
 * the unique `_id` refuses that. Each is a command of its own: not every store goes on with a list of updates after
 * one that was refused.
 * @returns the claims that were refused.
 */
async function takeOver(claims: CapClaim[]): Promise<CapClaim[]> {
  const taken = await Promise.all(claims.map(takeOverOne));
  return claims.filter((_, position) => !taken[position]);
}

async function takeOverOne({ addressHash, contact, sendAt, until }: CapClaim): Promise<boolean> {
  const free = { _id: addressHash, $or: [{ contact }, { until: { $lte: sendAt } }] };
  try {
    await CapModel.updateOne(free, { $set: { contact }, $max: { until } }, { upsert: true });
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/** Frees the cap that a contact holds, because its invitation was never sent. */
export async function releaseCap(addressHash: string, contact: string): Promise<void> {
  await CapModel.deleteOne({ _id: addressHash, contact });
}
