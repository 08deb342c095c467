import { isDuplicateKey } from '../bulk-writes.ts';
import type { Context } from '../context.ts';
import { tokenKeys } from '../invitations/tokens.ts';
import { planNotices } from '../notices/index.ts';
import { openAddress, sealAddress } from '../recipients/address.ts';
import { countHandled } from './counts.ts';
import { CallbackWishModel } from './model.ts';
import { type CallbackPolicy, dayOf, dueDay } from './policy.ts';

export interface NewWish {
  department: string;
  /** In E.164. */
  number: string;
  /** The overall grade that came with it; absent when none was given. */
  grade?: number | undefined;
}

/**
 * Keeps the wish of the holder of a token. Posted again it replaces the number; what was promised stays. An urgent one
 * alerts the department, once. Safe to repeat.
 */
export async function recordWish(
  ctx: Context,
  token: string,
  { department, number, grade }: NewWish,
  policy: CallbackPolicy,
): Promise<void> {
  const _id = tokenKeys(token).callback;
  const urgent = grade !== undefined && grade <= policy.urgentUpTo;
  const dueOn = await dueDay(ctx.clock.now(), policy);
  const write = () =>
    CallbackWishModel.findOneAndUpdate(
      { _id, inTime: { $exists: false } },
      {
        $set: { number: sealAddress(ctx.keys, number, _id), urgent },
        $setOnInsert: { department, dueOn },
      },
      { upsert: true, returnDocument: 'after' },
    ).lean();
  const wish = await write().catch(async (error: unknown) => {
    // An earlier wish of this link was handled and waits to be counted.
    if (!isDuplicateKey(error)) throw error;
    await countHandled();
    return write();
  });
  if (urgent && wish) {
    await planNotices(ctx, [{ kind: 'callbackAlert', about: wish.department, once: [_id, wish.dueOn] }]);
  }
}

/**
 * Erases the wish of the holder of a token, when it was not handled yet. One that was not kept in time still counts as
 * late. None to erase is no fault.
 */
export async function withdrawWish({ clock }: Pick<Context, 'clock'>, token: string): Promise<void> {
  const waiting = { _id: tokenKeys(token).callback, inTime: { $exists: false } };
  const late = { ...waiting, dueOn: { $lt: dayOf(clock.now()) } };
  await CallbackWishModel.updateOne(late, { $set: { inTime: false }, $unset: { number: 1 } });
  await CallbackWishModel.deleteOne(waiting);
  await countHandled();
}

/** Erases the wishes to be called on this number (E.164), because its owner asks. They are not counted. */
export async function eraseWishesOf(ctx: Context, number: string): Promise<void> {
  const ids = (await openWishes(ctx)).filter((wish) => wish.number === number).map(({ id }) => id);
  await CallbackWishModel.deleteMany({ _id: { $in: ids } });
}

/** What was promised to the holder of a token; undefined when no call is to be made. */
export async function promisedTo(token: string): Promise<{ dueOn: string } | undefined> {
  const filter = { _id: tokenKeys(token).callback, inTime: { $exists: false } };
  const wish = await CallbackWishModel.findOne(filter, { dueOn: 1 }).lean();
  return wish ? { dueOn: wish.dueOn } : undefined;
}

/** A wish as the department works it off. */
export interface OpenWish {
  id: string;
  department: string;
  number: string;
  urgent: boolean;
  dueOn: string;
  overdue: boolean;
}

/** The wishes that wait, urgent ones and those due first at the top. @param departments undefined: of all */
export async function openWishes(ctx: Context, departments?: readonly string[]): Promise<OpenWish[]> {
  const today = dayOf(ctx.clock.now());
  const wishes = await CallbackWishModel.find({
    inTime: { $exists: false },
    ...(departments && { department: { $in: departments } }),
  }).lean();
  return wishes
    .flatMap(({ _id, department, number, urgent, dueOn }): OpenWish[] =>
      number === undefined
        ? []
        : [
            {
              id: _id,
              department,
              number: openAddress(ctx.keys, number, _id),
              urgent,
              dueOn,
              overdue: dueOn < today,
            },
          ],
    )
    .sort((a, b) => Number(b.urgent) - Number(a.urgent) || (a.dueOn < b.dueOn ? -1 : 1));
}

/**
 * Ends a wish: the number is erased at once, then it is counted and goes altogether. Safe to repeat.
 * @param departments those that may be worked for; undefined: all
 * @returns false when there is no such wish (any more)
 */
export async function handleWish(
  ctx: Context,
  id: string,
  departments?: readonly string[],
): Promise<boolean> {
  const ended = await endWish(ctx, id, departments);
  await countHandled();
  return ended;
}

/** The first half of it: after this write the number is gone, whatever becomes of the count. */
export async function endWish(
  { clock }: Pick<Context, 'clock'>,
  id: string,
  departments?: readonly string[],
): Promise<boolean> {
  const filter = {
    _id: id,
    inTime: { $exists: false },
    ...(departments && { department: { $in: departments } }),
  };
  const wish = await CallbackWishModel.findOne(filter, { dueOn: 1 }).lean();
  if (!wish) return false;
  const inTime = dayOf(clock.now()) <= wish.dueOn;
  const update = { $set: { inTime }, $unset: { number: 1 as const } };
  return (await CallbackWishModel.updateOne(filter, update)).matchedCount === 1;
}
