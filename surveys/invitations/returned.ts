import type { Context } from '../context.ts';
import { forgetLetter, householdOf } from '../recipients/letters.ts';
import { rememberBounce } from '../recipients/refused.ts';
import { mailLookup } from './message-id.ts';
import { InvitationModel } from './model.ts';
import { from, to } from './states.ts';

/** A mail that was taken and could not be delivered after all. */
export interface ReturnedMail {
  /** The local part of its Message-ID, as messageId made it. */
  messageId: string;
  /** For good: nobody will try again. */
  permanent: boolean;
  /** The reason speaks of the address: it does not exist or takes no mail. Otherwise it speaks of us, or of the mail. */
  aboutAddress: boolean;
}

/**
 * `unmatched`: not a mail of ours, or one of an invitation that has ended, answered ones among them; of letters only when
 * the household's cap has ended too.
 */
export type ReturnedOutcome = 'bounced' | 'temporary' | 'unmatched';

/**
 * Records that a mail came back. For good: its invitation bounced, and where the reason speaks of the address, that is
 * never tried again, for any survey. Only who has had the mail knows its Message-ID, so nobody can block the address of
 * another. Safe to repeat.
 */
export async function recordReturned(ctx: Context, mail: ReturnedMail): Promise<ReturnedOutcome> {
  const lookup = mailLookup(ctx, mail.messageId);
  const invitation = await InvitationModel.findOne({ mails: lookup }, { addressHash: 1 }).lean();
  if (!invitation) return recordLate(lookup, mail);
  if (!mail.permanent) return 'temporary';
  if (mail.aboutAddress && invitation.addressHash) await rememberBounce(invitation.addressHash);
  await InvitationModel.updateOne({ _id: invitation._id, ...from('bounce') }, to('bounce', {}));
  if (invitation.addressHash) await forgetLetter({ addressHash: invitation.addressHash, letter: lookup });
  return 'bounced';
}

/**
 * A letter that comes back after its invitation has ended tells of the household alone; the invitation stays as it ended.
 * One that was answered does so too: if answering made the cap forget its letter, the cap would tell who answered.
 */
async function recordLate(
  letter: string,
  { permanent, aboutAddress }: ReturnedMail,
): Promise<ReturnedOutcome> {
  const addressHash = await householdOf(letter);
  if (addressHash === undefined) return 'unmatched';
  if (!permanent) return 'temporary';
  if (aboutAddress) await rememberBounce(addressHash);
  await forgetLetter({ addressHash, letter });
  return 'bounced';
}
