import { mongo } from 'mongoose';
import { cellKey } from '../aggregates/keys.ts';
import { monthOf } from '../calendar.ts';
import type { Context } from '../context.ts';
import { publishedSurvey } from '../definitions/index.ts';
import { keyedHash } from '../keys.ts';
import { problem } from '../problems.ts';
import { open, seal } from '../recipients/sealing.ts';
import { ResponseModel } from '../responses/model.ts';
import { mintCode, readCode } from './code.ts';
import { type Purpose, type SharedLink, SharedLinkModel } from './model.ts';

/** What to say of a new link; see `SharedLink`. */
export type NewSharedLink = Omit<SharedLink, '_id' | 'sealedCode' | 'withheld'> & { withheld?: boolean };

/** A link with its code, for the staff who hand it out. */
export interface HandedOut {
  link: SharedLink;
  /** `7KQ2-M9XD`; the page is `/r/7KQ2-M9XD`. */
  code: string;
}

/** Whether answers are taken: `soon` before it opens. */
export type LinkState = 'soon' | 'open' | 'closed';

const sealingContext = 'shared link';

/**
 * Makes a link with a fresh code.
 * @throws Problem `notFound` when the survey (or its version) is not published
 */
export async function createSharedLink(
  { keys }: Context,
  { withheld = false, ...about }: NewSharedLink,
): Promise<HandedOut> {
  if (!(await publishedSurvey(about.survey, about.version))) throw problem('notFound');
  for (;;) {
    const code = mintCode();
    const sealedCode = seal(keys.sharedLink, Buffer.from(code), sealingContext);
    const link: SharedLink = { _id: idOf(keys.sharedLink, code), sealedCode, withheld, ...about };
    try {
      await SharedLinkModel.create(link);
      return { link, code };
    } catch (error) {
      // The code is taken: one in a billion, with a thousand links.
      if (!(error instanceof mongo.MongoServerError && error.code === 11000)) throw error;
    }
  }
}

/** Finds a link by its code as somebody typed it; nothing changes. */
export async function findSharedLink({ keys }: Context, typed: string): Promise<SharedLink | undefined> {
  const code = readCode(typed);
  if (code === undefined) return undefined;
  return (await SharedLinkModel.findById(idOf(keys.sharedLink, code)).lean()) ?? undefined;
}

/** The code of a link. @throws Error when it was sealed with another secret */
export function codeOf({ keys }: Context, { sealedCode }: Pick<SharedLink, 'sealedCode'>): string {
  const code = open(keys.sharedLink, sealedCode, sealingContext);
  if (!code) throw new Error('a shared link was made with another SECRET_KEY');
  return code.toString();
}

/** The address of the page of a code. */
export function sharedLinkUrl(baseUrl: string, code: string): string {
  return `${baseUrl}/r/${code}`;
}

export function stateOf({ opensAt, closesAt }: SharedLink, now: Date): LinkState {
  if (now >= closesAt) return 'closed';
  return now < opensAt ? 'soon' : 'open';
}

/** Takes no new answers from now on; what was begun may still be sent for an hour. Closed before: nothing changes. */
export async function closeSharedLink({ clock }: Pick<Context, 'clock'>, id: string): Promise<void> {
  const now = clock.now();
  await SharedLinkModel.updateOne({ _id: id, closesAt: { $gt: now } }, { $set: { closesAt: now } });
}

/** The links handed out for a purpose (of one department, or of one thing), the newest first. */
export async function listSharedLinks(
  purpose: Purpose,
  { department, about }: { department?: string; about?: string } = {},
): Promise<SharedLink[]> {
  return SharedLinkModel.find({
    purpose,
    ...(department !== undefined && { department }),
    ...(about !== undefined && { about }),
  })
    .sort({ opensAt: -1 })
    .lean();
}

/** How many answers there are. Nobody's: a count is all that is known. */
export interface AnswerCounts {
  /** Those that count. */
  counted: number;
  /** Those left out by rule (answering.ts `isFlagged`). */
  flagged: number;
}

/**
 * Counts the answers in the cells of a link. Answers through another link of the same survey, department, channel,
 * product, stage, mode and month are among them: a response does not know its link.
 */
export async function countSharedAnswers(ctx: Context, link: SharedLink): Promise<AnswerCounts> {
  const newest = await publishedSurvey(link.survey);
  const versions = link.version
    ? [link.version]
    : Array.from({ length: newest?.version ?? 0 }, (_, index) => index + 1);
  const month = link.month ?? monthOf(ctx.clock.now());
  const cells = versions.map((version) => cellKey({ ...link, version, month }));
  const here = { cell: { $in: cells }, deleted: { $ne: true } };
  const [all, flagged] = await Promise.all([
    ResponseModel.countDocuments(here),
    ResponseModel.countDocuments({ ...here, flagged: true }),
  ]);
  return { counted: all - flagged, flagged };
}

function idOf(key: Buffer, code: string): string {
  return keyedHash(key, ['code', code]);
}
