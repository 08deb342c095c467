import type { Context } from '../context.ts';
import { cancelInvitation } from '../invitations/ending.ts';
import { InvitationModel } from '../invitations/model.ts';
import { releaseCap } from '../recipients/caps.ts';
import { contactId, invitationId } from './ids.ts';
import { ContactModel, type SkipReason } from './model.ts';

/** What may be known of a recorded contact: never whether it was answered. */
export interface ContactStatus {
  source: string;
  id: string;
  decision: 'invited' | 'skipped';
  reason?: SkipReason;
  sendAt?: Date;
  /** Whether a mail server accepted the invitation. */
  sent: boolean;
}

/**
 * @param departments the departments that may be asked about; undefined: all
 * @returns undefined when the contact was not recorded, was erased, or is of another department
 */
export async function contactStatus(
  ctx: Context,
  source: string,
  id: string,
  departments?: readonly string[],
): Promise<ContactStatus | undefined> {
  const contact = contactId(ctx.keys, source, id);
  const entry = await ContactModel.findOne(ofDepartments(contact, departments)).lean();
  if (!entry || entry.reason === 'erased') return undefined;
  const { decision, reason, sendAt } = entry;
  const invitation = await InvitationModel.findById(invitationId(ctx.keys, contact), { accepted: 1 }).lean();
  return {
    source,
    id,
    decision,
    ...(reason && { reason }),
    ...(sendAt && { sendAt }),
    sent: invitation?.accepted ?? false,
  };
}

/**
 * Cancels what is planned for a contact, frees its address for other contacts if no mail went, and erases the
 * address, the decision, and the proof of what was sent in. What stays is the keyed hash with the place where it is
 * counted: it can only be found by who knows source and id, and keeps the contact from having an effect when it is
 * sent again. A mail that was sent can still be answered. Safe to repeat.
 * @param departments the departments of which contacts may be erased; undefined: all
 * @returns false when the contact was never recorded, or is of another department.
 */
export async function eraseContact(
  ctx: Context,
  source: string,
  id: string,
  departments?: readonly string[],
): Promise<boolean> {
  const contact = contactId(ctx.keys, source, id);
  const { matchedCount } = await ContactModel.updateOne(ofDepartments(contact, departments), {
    $set: { decision: 'skipped', reason: 'erased', dirty: true },
    $unset: { sendAt: true, digest: true },
    $inc: { rev: 1 },
  });
  if (matchedCount === 0) return false;
  const unsent = await cancelInvitation(invitationId(ctx.keys, contact));
  if (unsent) await releaseCap(unsent, contact);
  return true;
}

function ofDepartments(_id: string, departments: readonly string[] | undefined) {
  return { _id, ...(departments && { department: { $in: [...departments] } }) };
}
