import type { Context } from '../context.ts';
import { problem } from '../problems.ts';
import { type Invitation, InvitationModel } from './model.ts';
import { from, to, transitions } from './states.ts';
import { isToken, lookupOf } from './tokens.ts';

/** What the holder of a link may know of its invitation. */
export interface TokenView {
  survey: string;
  version: number;
  department: string;
  channel: string;
  product?: string;
  stage?: string;
  language: string;
  /** Whether an answer is there: none, one given through this link, or one through another link of the same invitation. */
  answered: 'no' | 'here' | 'elsewhere';
  /** Whether an answer is accepted now, a first one or a change. An answer given here can be deleted even after that. */
  open: boolean;
}

/** Finds the invitation of a link; nothing changes. @returns undefined when the token is not one of ours. */
export async function findByToken(ctx: Context, token: string): Promise<TokenView | undefined> {
  if (!isToken(token)) return undefined;
  const lookup = lookupOf(token);
  const invitation = await InvitationModel.findOne({ tokens: lookup }).lean();
  return invitation ? view(invitation, lookup, ctx.clock.now()) : undefined;
}

/**
 * Closes the invitation by this token, so that no other token of it can answer any more. One write; the same token
 * may close again, which is how a post is repeated or changed. The address is erased: no mail follows an answer.
 * @throws Problem `notFound`, `alreadyAnswered` (through another link), or `surveyClosed` (expired or ended).
 */
export async function closeByToken(ctx: Context, token: string): Promise<TokenView> {
  if (!isToken(token)) throw problem('notFound');
  const lookup = lookupOf(token);
  const now = ctx.clock.now();
  const closed = await InvitationModel.findOneAndUpdate(
    {
      tokens: lookup,
      ...from('answer'),
      expiresAt: { $gt: now },
      $or: [{ closedBy: { $exists: false } }, { closedBy: lookup }],
    },
    to('answer', { closedBy: lookup, accepted: true }),
    { returnDocument: 'after' },
  ).lean();
  if (closed) return view(closed, lookup, now);
  const found = await findByToken(ctx, token);
  if (!found) throw problem('notFound');
  throw problem(found.answered === 'elsewhere' ? 'alreadyAnswered' : 'surveyClosed');
}

/**
 * Takes back that this token answered, also after the invitation expired. Safe to repeat.
 * @returns false when nothing was answered through this token.
 */
export async function withdrawByToken(token: string): Promise<boolean> {
  if (!isToken(token)) return false;
  const lookup = lookupOf(token);
  const { matchedCount } = await InvitationModel.updateOne(
    { tokens: lookup, closedBy: lookup, ...from('withdraw') },
    to('withdraw', {}),
  );
  return matchedCount === 1;
}

function view(invitation: Invitation, lookup: string, now: Date): TokenView {
  const { survey, version, department, channel, product, stage, language, state, closedBy } = invitation;
  const elsewhere = closedBy !== undefined && closedBy !== lookup;
  const answerable = (transitions.answer.from as readonly string[]).includes(state);
  return {
    survey,
    version,
    department,
    channel,
    ...(product && { product }),
    ...(stage && { stage }),
    language,
    answered: elsewhere ? 'elsewhere' : state === 'answered' ? 'here' : 'no',
    open: !elsewhere && answerable && invitation.expiresAt > now,
  };
}
