import { refusedAmong } from '../recipients/refused.ts';
import { maximumAttempts } from './attempts.ts';
import { type Invitation, InvitationModel } from './model.ts';
import { from, isReminder, type TransitionName, to } from './states.ts';

/** An invitation that has what a mail or a letter needs. */
export type Addressed = Invitation & { address: string; addressHash: string };

/**
 * Ends what must not be sent: what expired while it waited, and the last line against a wish or a bounce that came
 * after the invitation was planned.
 * @returns the others
 */
export async function endUnsendable(due: Invitation[], now: Date): Promise<Addressed[]> {
  const refused = await refusedAmong(due.flatMap(({ addressHash }) => addressHash ?? []));
  const sendable: Addressed[] = [];
  for (const invitation of due) {
    const { addressHash, address } = invitation;
    const reminder = isReminder(invitation.state);
    let ending: TransitionName | undefined;
    if (invitation.expiresAt <= now) ending = 'expire';
    else if (addressHash && refused.optedOut.has(addressHash)) ending = reminder ? 'dropReminder' : 'optOut';
    else if (addressHash && refused.bounced.has(addressHash)) ending = reminder ? 'dropReminder' : 'bounce';
    else if (!addressHash || !address) ending = reminder ? 'dropReminder' : 'cancel';
    else if (invitation.attempts >= maximumAttempts) ending = reminder ? 'dropReminder' : 'fail';
    else sendable.push({ ...invitation, address, addressHash });
    if (ending) {
      await InvitationModel.updateOne(
        { _id: invitation._id, rev: invitation.rev, ...from(ending) },
        to(ending, {}),
      );
    }
  }
  return sendable;
}
