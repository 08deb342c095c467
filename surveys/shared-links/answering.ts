import { createHmac } from 'node:crypto';
import { monthOf } from '../calendar.ts';
import type { Context } from '../context.ts';
import { type Answers, type PublishedSurvey, publishedSurvey } from '../definitions/index.ts';
import { isToken } from '../invitations/tokens.ts';
import { problem } from '../problems.ts';
import { ResponseModel } from '../responses/model.ts';
import {
  checkedAnswers,
  eraseAnswers,
  placeIn,
  type Submitted,
  writeResponse,
} from '../responses/write-response.ts';
import { stateOf } from './links.ts';
import type { SharedLink } from './model.ts';
import type { Ticket } from './tickets.ts';

/** Milliseconds after closing in which a form that was opened before may still be sent. */
export const graceMs = 3_600_000;

/** Nobody reads and answers a form faster than this, in milliseconds. */
const quickestMs = 3_000;

/** What is known of the sending of an answer, besides the answer. */
export interface Sending {
  /** Of the form; undefined when it was sent without the form, or with a ticket that is not ours. */
  ticket: Ticket | undefined;
  /** Whether this link got more than `mostPerMinute` (most-per-minute.ts) answers in this minute. */
  rush: boolean;
}

/** The survey that a link asks. */
export async function surveyOfLink({ survey, version }: SharedLink): Promise<PublishedSurvey> {
  const published = await publishedSurvey(survey, version);
  if (!published) throw problem('internal', { detail: 'A shared link names a survey that is not there.' });
  return published;
}

/** Whether an answer sent now is taken: while the link is open, and an hour longer for a form opened before. */
export function takesAnswers(link: SharedLink, now: Date, ticket: Ticket | undefined): boolean {
  const state = stateOf(link, now);
  if (state !== 'closed') return state === 'open';
  return (
    ticket !== undefined &&
    ticket.openedAt <= link.closesAt &&
    now.getTime() < link.closesAt.getTime() + graceMs
  );
}

/**
 * Whether an answer is left out of all counts, by rule and before anybody sees a result: it came without the form's
 * signed time of opening, within three seconds of it, or in a rush. It is stored, so that how many they are is known.
 */
function isFlagged({ ticket, rush }: Sending, now: Date): boolean {
  return rush || ticket === undefined || now.getTime() - ticket.openedAt.getTime() < quickestMs;
}

/**
 * Stores an answer through a shared link; a second one with the same ticket's token replaces the first. What it was
 * flagged as at first, it stays.
 * @throws Problem `surveyClosed` (or not open yet), `invalidAnswers` with all faults, pointers into `answers`
 */
export async function submitSharedAnswers(
  ctx: Context,
  link: SharedLink,
  answers: object,
  { token, ...sending }: Sending & { token: string },
): Promise<Submitted> {
  const now = ctx.clock.now();
  if (!takesAnswers(link, now, sending.ticket)) throw problem('surveyClosed');
  const survey = await surveyOfLink(link);
  const clean = checkedAnswers(survey, link.channel, answers);
  const place = placeIn(survey, { ...link, month: link.month ?? monthOf(now) });
  const flagged = isFlagged(sending, now);
  const replaced = await writeResponse(responseIdOf(link, token), { place, survey, answers: clean, flagged });
  ctx.count?.('responses', replaced ? 'replaced' : 'new');
  return { answers: clean, replaced };
}

/** The stored answers of who holds the token; undefined when there are none. */
export async function readSharedAnswers(link: SharedLink, token: string): Promise<Answers | undefined> {
  if (!isToken(token)) return undefined;
  const filter = { _id: responseIdOf(link, token), deleted: { $ne: true } };
  return (await ResponseModel.findOne(filter, { answers: 1 }).lean())?.answers;
}

/** Deletes the answers of who holds the token, at any time. Nothing to delete is no fault. */
export async function deleteSharedAnswers(link: SharedLink, token: string): Promise<void> {
  if (isToken(token)) await eraseAnswers(responseIdOf(link, token));
}

/** As for the tokens of invitations (RFC 5869, HKDF-Expand), but another id for each link. */
function responseIdOf({ _id }: SharedLink, token: string): string {
  return createHmac('sha256', token).update(`golden-ear shared link ${_id} response\x01`).digest('hex');
}
