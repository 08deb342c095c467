import { type Action, ActionModel } from '../actions/index.ts';
import type { Context } from '../context.ts';
import { planNotices } from '../notices/index.ts';
import { followersOf } from './index.ts';

const untold = { 'told.mailed': false };
const batchSize = 500;

/** Whether something was published that followers were not mailed about yet. */
export async function hasNews(): Promise<boolean> {
  return (await ActionModel.exists(untold)) !== null;
}

/** Plans a mail to each follower of what was published. Safe to break off: each is planned once. */
export async function tellFollowers(ctx: Context): Promise<void> {
  for (const { _id, product } of await ActionModel.find(untold).lean<Action[]>()) {
    const followers = await followersOf(product);
    for (let at = 0; at < followers.length; at += batchSize) {
      const planned = followers.slice(at, at + batchSize);
      await planNotices(
        ctx,
        planned.map((about) => ({ kind: 'followNews', about, action: _id, once: [_id, about] })),
      );
    }
    await ActionModel.updateOne({ _id }, { $set: { 'told.mailed': true } });
  }
}
