import { monthOf } from '../calendar.ts';
import type { Context } from '../context.ts';
import { type Answers, publishedSurvey } from '../definitions/index.ts';
import {
  closeByToken,
  findByToken,
  type TokenView,
  tokenKeys,
  withdrawByToken,
} from '../invitations/index.ts';
import { problem } from '../problems.ts';
import { ResponseModel } from './model.ts';
import { checkedAnswers, eraseAnswers, placeIn, type Submitted, writeResponse } from './write-response.ts';

/** How answers from the resident's page are given. */
const webMode = 'web';

/**
 * Stores the answers that the holder of a token gives; a second post replaces the first. Two durable writes, each safe
 * to repeat: the invitation is closed for its other tokens, then the response is written under the id that only this
 * token yields. A process that dies in between leaves a closed invitation, and the same post again completes it.
 *
 * @param known what the caller has just found by this token, which saves a look-up; closing checks it again
 * @throws Problem `notFound` (no such token), `surveyClosed` (expired or opted out), `invalidAnswers` (all faults at
 * once, pointers into `answers`), `alreadyAnswered` (through the link of another mail to the same person).
 */
export async function submitAnswers(
  ctx: Context,
  token: string,
  answers: object,
  known?: TokenView,
): Promise<Submitted> {
  const invitation = known ?? (await findByToken(ctx, token));
  if (!invitation) throw problem('notFound');
  if (!invitation.open)
    throw problem(invitation.answered === 'elsewhere' ? 'alreadyAnswered' : 'surveyClosed');
  const survey = await publishedSurvey(invitation.survey, invitation.version);
  if (!survey) throw problem('notFound');

  const clean = checkedAnswers(survey, invitation.channel, answers);

  await closeByToken(ctx, token);
  const replaced = await writeResponse(tokenKeys(token).response, {
    place: placeIn(survey, { ...invitation, mode: webMode, month: monthOf(ctx.clock.now()) }),
    survey,
    answers: clean,
  });
  ctx.count?.('responses', replaced ? 'replaced' : 'new');
  return { answers: clean, replaced };
}

/** The stored answers of the holder of a token; undefined when there are none. */
export async function readAnswers(token: string): Promise<Answers | undefined> {
  const filter = { _id: tokenKeys(token).response, deleted: { $ne: true } };
  const response = await ResponseModel.findOne(filter, { answers: 1 }).lean();
  return response?.answers;
}

/**
 * Deletes the answers of the holder of a token: they are gone at once, and a tombstone stays until the cell was
 * recounted. Nothing to delete is no fault. The invitation can be answered again through the same link.
 */
export async function deleteAnswers(token: string): Promise<void> {
  await eraseAnswers(tokenKeys(token).response);
  await withdrawByToken(token);
}
