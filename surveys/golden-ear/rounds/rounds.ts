import type { Context } from '../../context.ts';
import { planNotices } from '../../notices/index.ts';
import { problem } from '../../problems.ts';
import {
  type AnswerCounts,
  closeSharedLink,
  countSharedAnswers,
  graceMs,
  type SharedLink,
  SharedLinkModel,
  stateOf,
} from '../../shared-links/index.ts';
import { eraseAddresses, recipientsOf } from './addresses.ts';
import { type Round, RoundModel } from './model.ts';

/**
 * Where a round is: `planned`, `open`, `closing` (nobody begins any more; what was begun may be sent for an hour),
 * `closed` (there is a result, or too few answers for one).
 */
export type RoundState = 'planned' | 'open' | 'closing' | 'closed';

/** A round as its department sees it. */
export interface RoundView {
  round: Round;
  link: SharedLink;
  state: RoundState;
  /** When the result is made, at the latest. */
  resultAt: Date;
  answers: AnswerCounts;
}

/** The rounds of these departments (or of all), the newest first. */
export async function listRounds(departments: 'all' | readonly string[]): Promise<Round[]> {
  const filter = departments === 'all' ? {} : { department: { $in: [...departments] } };
  return RoundModel.find(filter).sort({ month: -1, department: 1 }).lean();
}

export async function findRound(id: string): Promise<Round | undefined> {
  return (await RoundModel.findById(id).lean()) ?? undefined;
}

/** A round with its state and how many answered. */
export async function viewRound(ctx: Context, round: Round): Promise<RoundView> {
  const link = await SharedLinkModel.findById(round.link).lean();
  if (!link) throw problem('internal', { detail: 'A round has lost its link.' });
  const { result } = round;
  const answers = result
    ? { counted: result.counted, flagged: result.flagged }
    : await countSharedAnswers(ctx, link);
  return { round, link, state: roundState(round, link, ctx.clock.now()), resultAt: resultAt(link), answers };
}

function roundState({ result }: Round, link: SharedLink, now: Date): RoundState {
  if (result) return 'closed';
  const state = stateOf(link, now);
  if (state === 'soon') return 'planned';
  return state === 'open' ? 'open' : 'closing';
}

/** When everybody who had begun must be done. */
export function resultAt({ closesAt }: SharedLink): Date {
  return new Date(closesAt.getTime() + graceMs);
}

/** Lets nobody begin any more. Closed already: nothing changes. The result follows an hour later. */
export async function closeRound(ctx: Context, { _id, link }: Round): Promise<void> {
  await closeSharedLink(ctx, link);
  await eraseAddresses(_id);
}

/** Plans the mail with the link to everybody. Done again, nobody gets a second one. */
export async function mailRound(ctx: Context, { _id }: Round): Promise<void> {
  await planRoundMails(ctx, 'roundInvitation', _id);
  await RoundModel.updateOne({ _id }, { $set: { mailed: true } });
}

/**
 * Plans the one reminder, to everybody: nobody knows who answered.
 * @throws Problem `badRequest` when the round is not open, or the reminder went already
 */
export async function remindRound(ctx: Context, round: Round): Promise<void> {
  const { state } = await viewRound(ctx, round);
  if (state !== 'open' || round.reminded || round.asked === 0) throw problem('badRequest');
  await planRoundMails(ctx, 'roundReminder', round._id);
  await RoundModel.updateOne({ _id: round._id }, { $set: { reminded: true } });
}

async function planRoundMails(
  ctx: Context,
  kind: 'roundInvitation' | 'roundReminder',
  round: string,
): Promise<void> {
  const recipients = await recipientsOf(round);
  await planNotices(
    ctx,
    recipients.map((about) => ({ kind, about, once: [about] })),
  );
}
