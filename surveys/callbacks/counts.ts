import { monthsBefore } from '../calendar.ts';
import type { Context } from '../context.ts';
import { CallbackCountModel, type CallbackWish, CallbackWishModel } from './model.ts';
import { dayOf } from './policy.ts';

/**
 * Counts the wishes that were handled and erases them, each exactly once, however often and by however many processes
 * this runs. A count names the wish it counted last and is completed (the wish erased, the name removed) before the
 * next; a wish that is counted is looked up after the count was read, so that it was either not counted before, or the
 * count has changed since and the write does nothing.
 */
export async function countHandled(): Promise<void> {
  for (;;) {
    const handled = await CallbackWishModel.findOne({ inTime: { $exists: true } }, { _id: 1 }).lean();
    if (!handled) return;
    await countOne(handled._id);
  }
}

async function countOne(id: string): Promise<void> {
  const known = await CallbackWishModel.findById(id).lean();
  if (!known) return;
  const { department, month, _id } = cellOf(known);
  await CallbackCountModel.updateOne(
    { _id },
    { $setOnInsert: { department, month, inTime: 0, late: 0, rev: 0 } },
    { upsert: true },
  );
  const before = await CallbackCountModel.findById(_id).lean();
  if (!before) return;
  if (before.last !== undefined) return complete(_id, before.last);
  const wish = await CallbackWishModel.findById(id).lean();
  if (wish?.inTime === undefined) return;
  const counted = await CallbackCountModel.updateOne(
    { _id, rev: before.rev, last: { $exists: false } },
    { $set: { last: id }, $inc: { rev: 1, inTime: wish.inTime ? 1 : 0, late: wish.inTime ? 0 : 1 } },
  );
  if (counted.matchedCount === 1) await complete(_id, id);
}

async function complete(cell: string, wish: string): Promise<void> {
  await CallbackWishModel.deleteOne({ _id: wish });
  await CallbackCountModel.updateOne({ _id: cell, last: wish }, { $unset: { last: 1 } });
}

function cellOf({ department, dueOn }: CallbackWish) {
  const month = dueOn.slice(0, 7);
  return { _id: `${department}|${month}`, department, month };
}

/** Months after which a number that nobody called is erased, and the wish counted as late. */
const longestMonths = 3;

/** Erases numbers that nobody will call any more. @returns how many */
export async function eraseOldWishes({ clock }: Context): Promise<number> {
  const before = `${monthsBefore(clock.now(), longestMonths)}${dayOf(clock.now()).slice(7)}`;
  const old = { dueOn: { $lt: before }, inTime: { $exists: false } };
  const { modifiedCount } = await CallbackWishModel.updateMany(old, {
    $set: { inTime: false },
    $unset: { number: 1 },
  });
  await countHandled();
  return modifiedCount;
}
