import mongoose from 'mongoose';
import { checkedOnWrite } from '../../surveys/checked-on-write.ts';
import type { Context } from '../../surveys/context.ts';
import { anybodySignedIn, operator, type Person } from './people.ts';
import { mintSecret, secretHash } from './secrets.ts';

const minute = 60_000;

/** How long a link can be used, in milliseconds: one that was mailed, and one that was printed for the operator. */
const lifetimes = { mail: 10 * minute, operator: 24 * 60 * minute };

/** For how many minutes a mailed link can be used. */
export const mailedLinkMinutes = lifetimes.mail / minute;

/** The most links of one person that can be open at once: who asks more often gets no more mail. */
const mostOpen = 3;

interface SignInLink {
  /** Keyed hash of the link's secret. */
  _id: string;
  /** Id of the person that it signs in. */
  person: string;
  expiresAt: Date;
}

const signInLinkSchema = new mongoose.Schema<SignInLink>(
  {
    _id: { type: String, required: true },
    person: { type: String, required: true },
    expiresAt: { type: Date, required: true },
  },
  checkedOnWrite,
);
signInLinkSchema.index({ person: 1 });
signInLinkSchema.index({ expiresAt: 1 });

const SignInLinkModel = mongoose.model('SignInLink', signInLinkSchema, 'signInLinks');

/** Makes a link that signs the operator's administrator in, once, within a day. @returns the whole address. */
export async function createSignInLink(ctx: Context, baseUrl: string): Promise<string> {
  return makeLink(ctx, baseUrl, await operator(), lifetimes.operator);
}

/**
 * Makes a link to be mailed to a person, for once and ten minutes (ASVS 6.5.5 allows no more).
 * @returns the whole address; undefined when enough of their links are open
 */
export async function createMailedLink(
  ctx: Context,
  baseUrl: string,
  person: Person,
): Promise<string | undefined> {
  const open = await SignInLinkModel.countDocuments({
    person: person._id,
    expiresAt: { $gt: ctx.clock.now() },
  });
  return open < mostOpen ? makeLink(ctx, baseUrl, person, lifetimes.mail) : undefined;
}

/** Erases the links that can't be used any more. @returns how many */
export async function eraseEndedLinks({ clock }: Pick<Context, 'clock'>): Promise<number> {
  return (await SignInLinkModel.deleteMany({ expiresAt: { $lte: clock.now() } })).deletedCount;
}

async function makeLink({ clock, keys }: Context, baseUrl: string, person: Person, lifetime: number) {
  const now = clock.now();
  const secret = mintSecret();
  await SignInLinkModel.create({
    _id: secretHash(keys, 'sign-in', secret),
    person: person._id,
    expiresAt: new Date(now.getTime() + lifetime),
  });
  return `${baseUrl}/sign-in/${secret}`;
}

/**
 * The link for the first administrator: a fresh one at every start, until somebody has signed in; the one of the
 * start before stops working. @returns undefined when somebody has.
 */
export async function firstSignInLink(ctx: Context, baseUrl: string): Promise<string | undefined> {
  if (await anybodySignedIn()) return undefined;
  const { _id: person } = await operator();
  await SignInLinkModel.deleteMany({ person });
  return createSignInLink(ctx, baseUrl);
}

/** Whether a link can still be used; nothing changes, so that a mail scanner does not use it up. */
export async function isOpenSignInLink(ctx: Context, secret: string): Promise<boolean> {
  return (await findLink(ctx, secret)) !== undefined;
}

/**
 * Uses a link up. Of two at once, one wins.
 * @returns the id of the person whose it was; undefined when it was used before, is too old or is not ours
 */
export async function useSignInLink(ctx: Context, secret: string): Promise<string | undefined> {
  const link = await findLink(ctx, secret);
  if (!link) return undefined;
  const { deletedCount } = await SignInLinkModel.deleteOne({ _id: link._id });
  return deletedCount === 1 ? link.person : undefined;
}

async function findLink({ clock, keys }: Context, secret: string): Promise<SignInLink | undefined> {
  const link = await SignInLinkModel.findById(secretHash(keys, 'sign-in', secret)).lean();
  return link && link.expiresAt > clock.now() ? link : undefined;
}
