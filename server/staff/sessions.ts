import mongoose from 'mongoose';
import type { Context } from '../../surveys/context.ts';
import { mintSecret, secretHash } from './secrets.ts';

/** How long a member of staff stays signed in, in hours. */
export const sessionHours = 8;

interface Session {
  /** Keyed hash of the session's secret, which only the browser knows. */
  _id: string;
  expiresAt: Date;
}

const sessionSchema = new mongoose.Schema<Session>(
  { _id: { type: String, required: true }, expiresAt: { type: Date, required: true } },
  { strict: 'throw', versionKey: false, autoIndex: false, autoCreate: false },
);
sessionSchema.index({ expiresAt: 1 });

const SessionModel = mongoose.model('StaffSession', sessionSchema, 'staffSessions');

/** Starts a session, and clears away those that are over. @returns the secret for the browser. */
export async function startSession({ clock, keys }: Context): Promise<string> {
  const now = clock.now();
  await SessionModel.deleteMany({ expiresAt: { $lte: now } });
  const secret = mintSecret();
  await SessionModel.create({
    _id: secretHash(keys, 'session', secret),
    expiresAt: new Date(now.getTime() + sessionHours * 60 * 60 * 1_000),
  });
  return secret;
}

export async function isSession({ clock, keys }: Context, secret: string): Promise<boolean> {
  const session = await SessionModel.findById(secretHash(keys, 'session', secret)).lean();
  return session !== null && session.expiresAt > clock.now();
}

export async function endSession({ keys }: Context, secret: string): Promise<void> {
  await SessionModel.deleteOne({ _id: secretHash(keys, 'session', secret) });
}
