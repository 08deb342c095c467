import type { Context } from '../context.ts';
import { rememberOptOut } from '../recipients/refused.ts';
import { InvitationModel } from './model.ts';
import { leased, to, transitions } from './states.ts';

/**
 * Ends the invitations whose time is over and erases their addresses. One that is being sent is left to its worker
 * until the lease ends. @returns how many.
 */
export async function expireDue(ctx: Context): Promise<number> {
  const now = ctx.clock.now();
  let ended = 0;
  for (const state of transitions.expire.from) {
    const overdue = {
      state,
      expiresAt: { $lte: now },
      ...(leased.includes(state) && { nextAt: { $lte: now } }),
    };
    const { modifiedCount } = await InvitationModel.updateMany(overdue, to('expire', {}));
    ended += modifiedCount;
  }
  return ended;
}

/**
 * Opts an address out of all surveys, for ever: what is planned is ended, and its sealed copies are erased.
 * The wish is on disk first, so an invitation that is planned at this very moment is found when it is due.
 * A mail that was sent can still be answered, and is not reminded of. Safe to repeat.
 */
export async function optOutByHash(addressHash: string): Promise<void> {
  await rememberOptOut(addressHash);
  await InvitationModel.updateMany({ addressHash, state: 'planned' }, to('optOut', {}));
  await InvitationModel.updateMany({ addressHash, state: 'sent' }, to('dropReminder', {}));
  await InvitationModel.updateMany(
    { addressHash, address: { $exists: true } },
    { $unset: { address: true } },
  );
}

/**
 * Cancels an invitation that is planned and erases its address; one that was sent can still be answered, and is not
 * reminded of.
 * @returns the address hash when it was cancelled before any mail went.
 */
export async function cancelInvitation(id: string): Promise<string | undefined> {
  const before = await InvitationModel.findOneAndUpdate({ _id: id, state: 'planned' }, to('cancel', {}), {
    returnDocument: 'before',
  }).lean();
  if (before) return before.addressHash;
  await InvitationModel.updateOne({ _id: id, state: 'sent' }, to('dropReminder', {}));
  await InvitationModel.updateOne({ _id: id }, { $unset: { address: true, addressHash: true, mails: true } });
  return undefined;
}
