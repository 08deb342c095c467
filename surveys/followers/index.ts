import { isDuplicateKey } from '../bulk-writes.ts';
import { addDays, inAmsterdam, monthOf, monthsBefore } from '../calendar.ts';
import type { Context } from '../context.ts';
import { keyedHash } from '../keys.ts';
import { planNotices } from '../notices/index.ts';
import { addressHash, openAddress, sealAddress } from '../recipients/address.ts';
import { normaliseEmail } from '../recipients/email.ts';
import { refusedAmong } from '../recipients/refused.ts';
import { type Follower, FollowerModel } from './model.ts';

export { type FollowerLink, followerToken, openFollowerToken } from './links.ts';
export { type Follower, FollowerModel } from './model.ts';

/** Days in which an address is confirmed, or erased. */
const confirmDays = 7;

/** Months without news after which a follower is erased. */
const quietMonths = 12;

interface Asked {
  /** As typed. */
  email: string;
  product?: string | undefined;
  language: string;
}

/**
 * Takes down that somebody wants to hear of a product, and mails the address one question a day at most: nothing else
 * goes there until its owner confirms it. Who opted out of all mail, or whose address bounces, is not asked.
 * @returns false when the text is no e-mail address; nothing else is told, so that nobody learns who follows
 */
export async function askToFollow(ctx: Context, { email, product, language }: Asked): Promise<boolean> {
  const address = normaliseEmail(email);
  if (!address) return false;
  const hash = addressHash(ctx.keys, 'email', address.normalised);
  const refused = await refusedAmong([hash]);
  if (refused.optedOut.has(hash) || refused.bounced.has(hash)) return true;
  const _id = keyedHash(ctx.keys.addressHash, ['follower', hash, product ?? '']);
  const now = ctx.clock.now();
  const today = inAmsterdam(now).toISODate();
  const follower: Follower = {
    _id,
    addressHash: hash,
    ...(product !== undefined && { product }),
    address: sealAddress(ctx.keys, address.mailTo, _id),
    language,
    confirmed: false,
    month: monthOf(now),
    confirmBy: inAmsterdam(addDays(now, confirmDays)).toISODate(),
  };
  const { confirmBy, ...fixed } = follower;
  const asked = await FollowerModel.findOneAndUpdate(
    { _id },
    { $set: { confirmBy }, $setOnInsert: fixed },
    { upsert: true, returnDocument: 'after' },
  )
    .lean()
    .catch((error: unknown) => {
      // Asked twice at once: the other one mails.
      if (isDuplicateKey(error)) return undefined;
      throw error;
    });
  if (asked && !asked.confirmed)
    await planNotices(ctx, [{ kind: 'followConfirm', about: _id, once: [_id, today] }]);
  return true;
}

/** The owner of the address says yes. Safe to repeat. @returns undefined when it was erased meanwhile */
export async function confirmFollower({ clock }: Context, id: string): Promise<Follower | undefined> {
  const month = monthOf(clock.now());
  const update = { $set: { confirmed: true, month } };
  return (
    (await FollowerModel.findOneAndUpdate({ _id: id }, update, { returnDocument: 'after' }).lean()) ??
    undefined
  );
}

/** Erases a follower. Safe to repeat. */
export async function stopFollowing(id: string): Promise<void> {
  await FollowerModel.deleteOne({ _id: id });
}

/** Erases whoever follows anything under this address. @returns how many there were */
export async function eraseFollowersOf(hash: string): Promise<number> {
  return (await FollowerModel.deleteMany({ addressHash: hash })).deletedCount;
}

/** A follower with the address opened; undefined when there is none (any more), or the time to confirm is over. */
export async function followerToMail(
  { keys, clock }: Context,
  id: string,
): Promise<(Follower & { mailTo: string }) | undefined> {
  const follower = await FollowerModel.findById(id).lean();
  const today = inAmsterdam(clock.now()).toISODate();
  if (follower && !follower.confirmed && follower.confirmBy < today) return undefined;
  return follower ? { ...follower, mailTo: openAddress(keys, follower.address, id) } : undefined;
}

/** Notes that a follower gets news now. */
export async function noteNews({ clock }: Context, id: string): Promise<void> {
  await FollowerModel.updateOne({ _id: id }, { $set: { month: monthOf(clock.now()) } });
}

/** Ids of who confirmed that they want to hear of a product. */
export async function followersOf(product: string | undefined): Promise<string[]> {
  const filter = { confirmed: true, product: product ?? { $exists: false } };
  return (await FollowerModel.find(filter, { _id: 1 }).lean()).map(({ _id }) => _id);
}

/** Erases who did not confirm in time, and who heard nothing for a year. @returns how many */
export async function eraseOldFollowers({ clock }: Context): Promise<number> {
  const today = inAmsterdam(clock.now()).toISODate();
  const unconfirmed = await FollowerModel.deleteMany({ confirmed: false, confirmBy: { $lt: today } });
  const quiet = await FollowerModel.deleteMany({
    confirmed: true,
    month: { $lt: monthsBefore(clock.now(), quietMonths) },
  });
  return unconfirmed.deletedCount + quiet.deletedCount;
}
