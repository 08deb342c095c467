import type { Context } from '../context.ts';
import { CallbackWishModel } from './model.ts';
import { dayOf } from './policy.ts';

/** The department of each wish that waits although the promised day is over, once for each. No number is opened. */
export async function overdueWishes({ clock }: Pick<Context, 'clock'>): Promise<string[]> {
  const waiting = { inTime: { $exists: false }, dueOn: { $lt: dayOf(clock.now()) } };
  const overdue = await CallbackWishModel.find(waiting, { department: 1 }).lean();
  return overdue.map(({ department }) => department);
}
