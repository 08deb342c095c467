import { insertNew } from '../bulk-writes.ts';
import { addDays } from '../calendar.ts';
import type { Context } from '../context.ts';
import { sendingPaused } from '../invitations/pause.ts';
import { keyedHash } from '../keys.ts';
import { type Notice, type NoticeKind, NoticeModel } from './model.ts';

export type { Notice, NoticeKind };

/** A short mail as it is asked for. */
export interface PlannedNotice {
  kind: NoticeKind;
  about: string;
  action?: string;
  /** What makes it this one and no other: planned again with the same parts, it goes once. */
  once: string[];
}

/** Plans short mails that go out at once. Those that are there already stay as they are. */
export async function planNotices(ctx: Context, planned: readonly PlannedNotice[]): Promise<void> {
  if (planned.length === 0) return;
  const now = ctx.clock.now();
  const notices = planned.map(
    ({ kind, about, action, once }): Notice => ({
      _id: idOf(ctx, { kind, once }),
      kind,
      about,
      ...(action && { action }),
      nextAt: now,
      attempts: 0,
      plannedOn: dayOf(now),
    }),
  );
  await insertNew(NoticeModel, notices);
}

/** Those of the short mails that were not planned before. */
export async function unplanned(ctx: Context, planned: PlannedNotice[]): Promise<PlannedNotice[]> {
  const ids = planned.map((notice) => idOf(ctx, notice));
  const there = await NoticeModel.find({ _id: { $in: ids } }, { _id: 1 }).lean();
  const known = new Set(there.map(({ _id }) => _id));
  return planned.filter((_, at) => !known.has(ids[at]!));
}

/** Whether a short mail is due; none is while an administrator has stopped all mail. */
export async function noticesDue({ clock }: Context): Promise<boolean> {
  if ((await NoticeModel.exists({ nextAt: { $lte: clock.now() } })) === null) return false;
  return !(await sendingPaused());
}

/** Claims the notice that waits longest. Of several workers one gets it, until `leaseMs` milliseconds from now. */
export async function claimNotice({ clock }: Context, leaseMs: number): Promise<Notice | undefined> {
  const now = clock.now();
  const claimed = await NoticeModel.findOneAndUpdate(
    { nextAt: { $lte: now } },
    { $set: { nextAt: new Date(now.getTime() + leaseMs) }, $inc: { attempts: 1 } },
    { sort: { nextAt: 1 }, returnDocument: 'after' },
  ).lean();
  return claimed ?? undefined;
}

/** Ends a claim: the notice has gone, or is given up. Nothing happens when another took it over meanwhile. */
export async function endNotice({ _id, attempts }: Notice): Promise<void> {
  await NoticeModel.updateOne({ _id, attempts }, { $unset: { nextAt: 1 } });
}

/** Ends a claim: the notice is tried again so many milliseconds from now. */
export async function retryNotice({ clock }: Context, { _id, attempts }: Notice, ms: number): Promise<void> {
  const nextAt = new Date(clock.now().getTime() + ms);
  await NoticeModel.updateOne({ _id, attempts }, { $set: { nextAt } });
}

/** Days for which a notice is remembered, so that it does not go twice. */
const keptDays = 30;

/** Erases notices that nobody would plan again. @returns how many */
export async function eraseOldNotices({ clock }: Context): Promise<number> {
  const before = dayOf(addDays(clock.now(), -keptDays));
  return (await NoticeModel.deleteMany({ plannedOn: { $lt: before } })).deletedCount;
}

function idOf({ keys }: Context, { kind, once }: Pick<PlannedNotice, 'kind' | 'once'>): string {
  return keyedHash(keys.message, ['notice', kind, ...once], 16);
}

function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}
