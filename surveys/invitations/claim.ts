import { randomUUID } from 'node:crypto';
import { inLists } from '../bulk-writes.ts';
import type { Context } from '../context.ts';
import { openAddress } from '../recipients/address.ts';
import { noteLetters } from '../recipients/letters.ts';
import { optOutToken } from '../recipients/opt-out-token.ts';
import { isPostalAddress } from '../recipients/postal.ts';
import { lateBefore, roomForLate } from './backlog.ts';
import { mayClaim } from './due.ts';
import { mailLookup, messageId } from './message-id.ts';
import { type Invitation, InvitationModel } from './model.ts';
import { reminderMoments } from './reminder.ts';
import { type Addressed, endUnsendable } from './sendable.ts';
import { dueAt, from, isReminder, to } from './states.ts';
import { lookupOf, mintPaperToken, mintToken } from './tokens.ts';

/** An invitation that one worker may send until its lease ends. Never stored or logged: it holds the address. */
export interface ClaimedInvitation {
  id: string;
  kind: 'invitation' | 'reminder';
  /** When to remind, once this mail was taken; absent for a reminder or a letter, or where none follows. */
  remindAt?: Date;
  /** Names this claim: only its holder can record an outcome. */
  lease: string;
  /** This attempt's number, from 1. */
  attempts: number;
  survey: string;
  version: number;
  department: string;
  channel: string;
  product?: string;
  stage?: string;
  language: string;
  expiresAt: Date;
  /** Where the mail goes: an e-mail address, a phone number in E.164, or the lines of a postal address. */
  address: string;
  addressHash: string;
  /** The request that planned it. */
  requestId?: string;
  /** For the link to the survey; minted for this attempt. */
  token: string;
  /** For the link to opt out. */
  optOutToken: string;
  /** The same in each attempt, another one for the reminder; 32 hex characters: the local part of the Message-ID. */
  messageId: string;
}

export interface ClaimOptions {
  /** Most invitations to claim. */
  limit: number;
  /** Milliseconds until another worker may take over. */
  leaseMs: number;
  /** Also outside office hours: for an outbox that disturbs nobody. */
  anyHour?: boolean;
  /** Also what another worker claimed, when its lease has ended; true when absent. */
  takeOver?: boolean;
}

/**
 * Claims invitations whose moment has come, the longest waiting first: none while sending is paused or the office
 * is closed. Of workers that race for an invitation exactly one gets it. The hash of its fresh token is on disk
 * before the token is handed out. Invitations that must not be sent any more are ended on the way.
 */
export async function claimDue(
  ctx: Context,
  owner: string,
  options: ClaimOptions,
): Promise<ClaimedInvitation[]> {
  return claimFrom(0, ctx, owner, options);
}

/** Claims behind the first `skip` that are due. */
async function claimFrom(
  skip: number,
  ctx: Context,
  owner: string,
  options: ClaimOptions,
): Promise<ClaimedInvitation[]> {
  const { limit, leaseMs, anyHour = false, takeOver = true } = options;
  const now = ctx.clock.now();
  if (!(await mayClaim(ctx, { anyHour }))) return [];
  const wanted = dueAt(now, takeOver);
  const due = anyHour ? await findDue(wanted, limit, skip) : await dueInPace(ctx, wanted, limit, skip);
  const sendable = await endUnsendable(due, now);
  if (sendable.length === 0) return due.length === 0 && skip === 0 ? [] : claimDue(ctx, owner, options);

  // Before anything is claimed: with a wrong key no attempt should be counted.
  const remindAt = await reminderMoments(ctx, sendable);
  const drafts = sendable.map((invitation) => ({
    ...draft(ctx, invitation, remindAt(invitation)),
    rev: invitation.rev,
  }));
  const lease = `${owner}/${randomUUID()}`;
  const leaseEnds = new Date(now.getTime() + leaseMs);
  const claims = drafts.map(({ id, rev, token, kind, messageId }) => {
    const name = kind === 'reminder' ? 'claimReminder' : 'claim';
    const claim = to(name, { lease, nextAt: leaseEnds });
    return {
      updateOne: {
        // `rev` counts every change, so nobody else can have taken it since it was read.
        filter: { _id: id, rev, ...from(name) },
        update: {
          ...claim,
          $inc: { ...claim.$inc, attempts: 1 },
          $push: { tokens: lookupOf(token) },
          $addToSet: { mails: mailLookup(ctx, messageId) },
        },
      },
    };
  });
  for (const list of inLists(claims)) await InvitationModel.bulkWrite(list, { ordered: false });
  const won = await InvitationModel.find(
    { _id: { $in: drafts.map(({ id }) => id) }, lease },
    { attempts: 1 },
  ).lean();
  // Another was faster with all of these, and will be with the next: so this one begins behind them.
  if (won.length === 0) return claimFrom(limit, ctx, owner, options);
  const attempts = new Map(won.map((invitation) => [invitation._id, invitation.attempts]));
  const claimed = drafts.flatMap(({ rev: _, ...claim }) => {
    const attempt = attempts.get(claim.id);
    return attempt === undefined ? [] : [{ ...claim, lease, attempts: attempt }];
  });
  await noteLetters(
    claimed
      .filter(({ address }) => isPostalAddress(address))
      .map(({ addressHash, messageId }) => ({ addressHash, letter: mailLookup(ctx, messageId) })),
  );
  return claimed;
}

type Due = ReturnType<typeof dueAt>;

/** What is due, the longest waiting first; of what is late no more than there is room for, so that it delays nobody else. */
async function dueInPace(ctx: Context, due: Due, limit: number, skip: number): Promise<Invitation[]> {
  const border = await lateBefore(ctx);
  const late = await findDue({ ...due, nextAt: { $lt: border } }, limit, skip);
  const room = await roomForLate(ctx, late.length);
  const fresh =
    room < limit
      ? await findDue({ ...due, nextAt: { $gte: border, ...due.nextAt } }, limit - room, skip)
      : [];
  return [...late.slice(0, room), ...fresh];
}

/** No condition on `expiresAt`: an index on it would look better to a planner than the one that gives the order. */
function findDue(filter: object, limit: number, skip: number): Promise<Invitation[]> {
  return InvitationModel.find(filter).sort({ nextAt: 1 }).skip(skip).limit(limit).lean();
}

function draft(
  ctx: Context,
  invitation: Addressed,
  remindAt: Date | undefined,
): Omit<ClaimedInvitation, 'lease' | 'attempts'> {
  const { _id: id, survey, version, department, channel, product, stage } = invitation;
  const { language, expiresAt, addressHash, requestId } = invitation;
  const address = openAddress(ctx.keys, invitation.address, id);
  const byPost = isPostalAddress(address);
  const kind = isReminder(invitation.state) ? 'reminder' : 'invitation';
  return {
    id,
    kind,
    // A letter is not reminded of, so that its address is erased as soon as it is handed over.
    ...(remindAt && !byPost && { remindAt }),
    survey,
    version,
    department,
    channel,
    ...(product && { product }),
    ...(stage && { stage }),
    language,
    expiresAt,
    address,
    addressHash,
    ...(requestId && { requestId }),
    token: byPost ? mintPaperToken() : mintToken(),
    optOutToken: optOutToken(ctx.keys, addressHash),
    messageId: messageId(ctx, id, kind),
  };
}
