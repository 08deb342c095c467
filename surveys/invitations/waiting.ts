import type { Context } from '../context.ts';
import { InvitationModel } from './model.ts';
import { dueAt } from './states.ts';

/**
 * Invitations whose moment has come, whether or not mail may go now: how many (counting stops at `most`), and since
 * when the first of them has been due.
 */
export async function invitationsDue(
  { clock }: Context,
  most: number,
): Promise<{ due: number; oldest?: Date }> {
  const filter = dueAt(clock.now());
  const [due, first] = await Promise.all([
    InvitationModel.countDocuments(filter, { limit: most }),
    InvitationModel.findOne(filter, { nextAt: 1 }).sort({ nextAt: 1 }).lean(),
  ]);
  return { due, ...(first?.nextAt && { oldest: first.nextAt }) };
}
