import { volumeKey } from '../aggregates/keys.ts';
import { insertNew } from '../bulk-writes.ts';
import { addDays, later, monthOf, weekOfMonth } from '../calendar.ts';
import type { Context } from '../context.ts';
import { type Invitation, InvitationModel } from '../invitations/model.ts';
import { sealAddress } from '../recipients/address.ts';
import { claimCaps } from '../recipients/caps.ts';
import type { Contact } from './contact.ts';
import type { Plan } from './decide.ts';
import { invitationId } from './ids.ts';

export interface PlannedContact {
  contact: Contact;
  plan: Plan;
}

/**
 * Stores invitations: first the caps, then the invitations themselves. Each step is idempotent per contact, so
 * whoever repeats it after a crash at any line gets the same.
 * @returns per contact (ledger id) the planned send; a contact that lost its cap to another in a race is absent.
 */
export async function planInvitations(ctx: Context, wanted: PlannedContact[]): Promise<Map<string, Date>> {
  const capped = wanted.flatMap(({ contact, plan }) =>
    plan.capUntil === undefined
      ? []
      : { contact: contact.id, addressHash: plan.addressHash, sendAt: plan.sendAt, until: plan.capUntil },
  );
  const lost = new Set([...(await claimCaps(capped))].map(({ contact }) => contact));
  const granted = wanted.filter(({ contact }) => !lost.has(contact.id));
  const sendAt = new Map(granted.map(({ contact, plan }) => [contact.id, plan.sendAt]));
  if (granted.length === 0) return sendAt;

  const there = await insertNew(
    InvitationModel,
    granted.map(({ contact, plan }) => newInvitation(ctx, contact, plan)),
  );
  const raced = granted.filter((_, position) => there.has(position)).map(({ contact }) => contact);
  for (const [contact, first] of await plannedSends(ctx, raced)) sendAt.set(contact, first);
  return sendAt;
}

/** The planned send of each contact (ledger id) that has an invitation already. */
export async function plannedSends(ctx: Context, contacts: Contact[]): Promise<Map<string, Date>> {
  if (contacts.length === 0) return new Map();
  const contactOf = new Map(contacts.map(({ id }) => [invitationId(ctx.keys, id), id]));
  const there = await InvitationModel.find({ _id: { $in: [...contactOf.keys()] } }, { sendAt: 1 }).lean();
  return new Map(there.map(({ _id, sendAt }) => [contactOf.get(_id)!, sendAt]));
}

function newInvitation(ctx: Context, contact: Contact, plan: Plan): Invitation {
  const { survey, department, channel, product, stage, language } = contact;
  const { sendAt, closesAt } = plan;
  const _id = invitationId(ctx.keys, contact.id);
  const month = monthOf(sendAt);
  // A batch recorded as of an earlier day is sent today: its recipients get the whole term as well.
  const expiresAt = addDays(later(sendAt, ctx.clock.now()), plan.expiryDays);
  return {
    _id,
    survey,
    version: plan.version,
    department,
    channel,
    ...(product && { product }),
    ...(stage && { stage }),
    language,
    state: 'planned',
    sendAt,
    expiresAt: closesAt && closesAt < expiresAt ? closesAt : expiresAt,
    nextAt: sendAt,
    attempts: 0,
    tokens: [],
    accepted: false,
    address: sealAddress(ctx.keys, plan.sendTo, _id),
    addressHash: plan.addressHash,
    ...(ctx.requestId && { requestId: ctx.requestId }),
    month,
    volume: volumeKey({ survey, department, channel, product, stage, month, week: weekOfMonth(sendAt) }),
    rev: 1,
    dirty: true,
  };
}
