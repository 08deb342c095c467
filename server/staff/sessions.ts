import mongoose from 'mongoose';
import { checkedOnWrite } from '../../surveys/checked-on-write.ts';
import type { Context } from '../../surveys/context.ts';
import type { SessionLimits } from '../config.ts';
import { mintSecret, secretHash } from './secrets.ts';

/** A session as it is kept. */
export interface Session {
  /** Keyed hash of the session's secret, which only the browser knows; it opens nothing, so it may name the session. */
  _id: string;
  /** Id of the person whose it is. */
  person: string;
  /** The person's `accessVersion` when it got its present secret. */
  accessVersion: number;
  startedAt: Date;
  /** When its person last proved who they are, by a link or at the identity provider; absent when that is not known. */
  provedAt?: Date;
  /** To the minute. */
  lastSeenAt: Date;
  endsAt: Date;
}

const sessionSchema = new mongoose.Schema<Session>(
  {
    _id: { type: String, required: true },
    person: { type: String, required: true },
    accessVersion: { type: Number, required: true },
    startedAt: { type: Date, required: true },
    provedAt: Date,
    lastSeenAt: { type: Date, required: true },
    endsAt: { type: Date, required: true },
  },
  checkedOnWrite,
);
sessionSchema.index({ person: 1 });
sessionSchema.index({ endsAt: 1 });

const SessionModel = mongoose.model('StaffSession', sessionSchema, 'staffSessions');

const minute = 60_000;
const hour = 60 * minute;

/** For how long after proving who one is one may do what whoever finds an open browser may not. */
const freshMs = 10 * minute;

interface Owner {
  _id: string;
  accessVersion: number;
}

/** Erases the sessions that are over. @returns how many */
export async function eraseEndedSessions({ clock }: Pick<Context, 'clock'>): Promise<number> {
  return (await SessionModel.deleteMany({ endsAt: { $lte: clock.now() } })).deletedCount;
}

/**
 * Starts a session.
 * @param provedAt when its person proved who they are, if that is known
 * @returns the secret for the browser
 */
export async function startSession(
  { clock, keys }: Context,
  { hours }: SessionLimits,
  { _id: person, accessVersion }: Owner,
  provedAt?: Date,
): Promise<string> {
  const now = clock.now();
  const secret = mintSecret();
  await SessionModel.create({
    _id: secretHash(keys, 'session', secret),
    person,
    accessVersion,
    startedAt: now,
    ...(provedAt && { provedAt }),
    lastSeenAt: now,
    endsAt: new Date(now.getTime() + hours * hour),
  });
  return secret;
}

/** The session of a secret, if it has not ended. Notes that it was used, at most once a minute. */
export async function useSession(
  { clock, keys }: Context,
  limits: SessionLimits,
  secret: string,
): Promise<Session | undefined> {
  const session = await SessionModel.findById(secretHash(keys, 'session', secret)).lean();
  const now = clock.now();
  if (!session || !isOpen(session, limits, now)) return undefined;
  if (now.getTime() - session.lastSeenAt.getTime() >= minute)
    await SessionModel.updateOne({ _id: session._id }, { $set: { lastSeenAt: now } });
  return session;
}

/**
 * Gives a session another secret, because what it may do has changed. Its times stay as they are.
 * @returns the new secret; undefined when another request was first, or the session has ended
 */
export async function renewSession(
  { keys }: Context,
  session: Session,
  { accessVersion }: Owner,
): Promise<string | undefined> {
  const { deletedCount } = await SessionModel.deleteOne({ _id: session._id });
  if (deletedCount === 0) return undefined;
  const secret = mintSecret();
  await SessionModel.create({ ...session, _id: secretHash(keys, 'session', secret), accessVersion });
  return secret;
}

/** Whether the person of a session proved who they are within the last ten minutes. */
export function isFresh({ clock }: Pick<Context, 'clock'>, { provedAt }: Session): boolean {
  return provedAt !== undefined && clock.now().getTime() - provedAt.getTime() < freshMs;
}

/** The open sessions of a person, newest first. */
export async function sessionsOf(
  { clock }: Context,
  limits: SessionLimits,
  person: string,
): Promise<Session[]> {
  const sessions = await SessionModel.find({ person }).sort({ startedAt: -1 }).lean();
  return sessions.filter((session) => isOpen(session, limits, clock.now()));
}

export async function endSession({ keys }: Context, secret: string): Promise<void> {
  await SessionModel.deleteOne({ _id: secretHash(keys, 'session', secret) });
}

/** Ends one session of a person. @returns false when they have no such session. */
export async function endSessionOf(person: string, id: string): Promise<boolean> {
  return (await SessionModel.deleteOne({ _id: id, person })).deletedCount === 1;
}

/** Ends all sessions of a person. */
export async function endSessionsOf(person: string): Promise<void> {
  await SessionModel.deleteMany({ person });
}

function isOpen({ lastSeenAt, endsAt }: Session, { idleMinutes }: SessionLimits, now: Date): boolean {
  // Sessions of an earlier version know no person and no last use: they are over.
  return (
    lastSeenAt !== undefined && endsAt > now && now.getTime() - lastSeenAt.getTime() < idleMinutes * minute
  );
}
