import mongoose from 'mongoose';
import type { Context } from '../../surveys/context.ts';
import { mintSecret, secretHash } from './secrets.ts';

/** How long a sign-in link can be used: 24 hours. */
const lifetime = 24 * 60 * 60 * 1_000;

interface SignInLink {
  /** Keyed hash of the link's secret. */
  _id: string;
  state: 'open' | 'used';
  expiresAt: Date;
}

const signInLinkSchema = new mongoose.Schema<SignInLink>(
  {
    _id: { type: String, required: true },
    state: { type: String, required: true, enum: ['open', 'used'] },
    expiresAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, autoIndex: false, autoCreate: false },
);
signInLinkSchema.index({ state: 1 });

const SignInLinkModel = mongoose.model('SignInLink', signInLinkSchema, 'signInLinks');

/** Makes a link that signs one person in, once. Only its hash is stored. @returns the whole address. */
export async function createSignInLink({ clock, keys }: Context, baseUrl: string): Promise<string> {
  const secret = mintSecret();
  await SignInLinkModel.create({
    _id: secretHash(keys, 'sign-in', secret),
    state: 'open',
    expiresAt: new Date(clock.now().getTime() + lifetime),
  });
  return `${baseUrl}/sign-in/${secret}`;
}

/**
 * The link for the first administrator: a fresh one at every start, until somebody has signed in; the one of the
 * start before stops working. @returns undefined when somebody has.
 */
export async function firstSignInLink(ctx: Context, baseUrl: string): Promise<string | undefined> {
  if (await SignInLinkModel.exists({ state: 'used' })) return undefined;
  await SignInLinkModel.deleteMany({ state: 'open' });
  return createSignInLink(ctx, baseUrl);
}

/** Whether a link can still be used; nothing changes, so that a mail scanner does not use it up. */
export async function isOpenSignInLink({ clock, keys }: Context, secret: string): Promise<boolean> {
  const link = await SignInLinkModel.findById(secretHash(keys, 'sign-in', secret)).lean();
  return link?.state === 'open' && link.expiresAt > clock.now();
}

/** Uses a link up. @returns false when it was used before, is too old or is not ours; of two at once, one wins. */
export async function useSignInLink({ clock, keys }: Context, secret: string): Promise<boolean> {
  const { modifiedCount } = await SignInLinkModel.updateOne(
    { _id: secretHash(keys, 'sign-in', secret), state: 'open', expiresAt: { $gt: clock.now() } },
    { $set: { state: 'used' } },
  );
  return modifiedCount === 1;
}
