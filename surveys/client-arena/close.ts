import type { Within } from '../actions/index.ts';
import { createRelease, rollUp } from '../aggregates/index.ts';
import { addDays, inAmsterdam } from '../calendar.ts';
import type { Context } from '../context.ts';
import { planNotices } from '../notices/index.ts';
import { Problem } from '../problems.ts';
import { closeSharedLink, SharedLinkModel } from '../shared-links/index.ts';
import { type ArenaSession, ArenaSessionModel, arenaForms } from './model.ts';
import { findSession } from './sessions.ts';

/** Days after the check for which the address that it was mailed to is kept. */
const keptDays = 14;

/**
 * Ends a session: its forms close, and a release of each takes its answers in. Done again it completes what was not.
 * @throws Problem `notFound` for a session of another department
 */
export async function closeSession(ctx: Context, id: string, within?: Within): Promise<void> {
  const session = await findSession(id, within);
  for (const link of Object.values(session.links)) {
    await closeSharedLink(ctx, link);
    await SharedLinkModel.updateOne({ _id: link }, { $set: { withheld: false } });
  }
  await rollUp(ctx);
  for (const survey of Object.values(arenaForms)) await releaseUnlessBusy(ctx, survey);
  await ArenaSessionModel.updateOne({ _id: id }, { $set: { closed: true } });
}

/** Where another process is releasing, the next release of the day takes the answers in. */
async function releaseUnlessBusy(ctx: Context, survey: string): Promise<void> {
  try {
    await createRelease(ctx, survey, { again: true });
  } catch (error) {
    if (!(error instanceof Problem && error.code === 'unavailable')) throw error;
  }
}

/** Whether a session has something to be done by itself. */
export async function arenasDue(ctx: Context): Promise<boolean> {
  for (const filter of [toCheck(ctx), toForget(ctx)]) {
    if ((await ArenaSessionModel.exists(filter)) !== null) return true;
  }
  return (await leftOpen(ctx)).length > 0;
}

/**
 * Closes the sessions whose forms are over, erases addresses that are needed no more, and plans the mail that asks the facilitator, two months later, whether what
 * was agreed was done. Found in the store, so nothing is lost; planned again, it goes once.
 */
export async function carryOnArenas(ctx: Context): Promise<void> {
  for (const { _id } of await leftOpen(ctx)) await closeSession(ctx, _id);
  for (const { _id } of await ArenaSessionModel.find(toCheck(ctx), { _id: 1 }).lean()) {
    await planNotices(ctx, [{ kind: 'arenaCheck', about: _id, once: [_id] }]);
    await ArenaSessionModel.updateOne({ _id }, { $set: { checkMailed: true } });
  }
  await ArenaSessionModel.updateMany(toForget(ctx), { $unset: { facilitatorAddress: 1 } });
}

function toCheck({ clock }: Context): object {
  const today = inAmsterdam(clock.now()).toISODate();
  return { checkOn: { $lte: today }, checkMailed: false, facilitatorAddress: { $exists: true } };
}

/** The mail has gone, or was given up: nobody needs the address any more. */
function toForget({ clock }: Context): object {
  const checkOn = { $lt: inAmsterdam(addDays(clock.now(), -keptDays)).toISODate() };
  return { checkOn, facilitatorAddress: { $exists: true } };
}

async function leftOpen({ clock }: Context): Promise<Pick<ArenaSession, '_id'>[]> {
  const open = await ArenaSessionModel.find({ closed: false }, { _id: 1, links: 1 }).lean();
  const over = open.map(async (session) => {
    const link = await SharedLinkModel.findById(session.links.listenerAfter, { closesAt: 1 }).lean();
    return link && link.closesAt <= clock.now() ? [session] : [];
  });
  return (await Promise.all(over)).flat();
}
