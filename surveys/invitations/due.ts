import type { Context } from '../context.ts';
import { holidaysKept } from '../municipality/index.ts';
import { InvitationModel } from './model.ts';
import { isOfficeMoment } from './office-hours.ts';
import { sendingPaused } from './pause.ts';
import { dueAt } from './states.ts';

/** Whether mail may go now: sending is not paused, and the office is open or that does not matter (`anyHour`). */
export async function mayClaim(ctx: Context, { anyHour }: { anyHour: boolean }): Promise<boolean> {
  return (anyHour || isOfficeMoment(ctx.clock.now(), await holidaysKept())) && !(await sendingPaused());
}

/** How many invitations may be claimed now, counted up to `limit`. */
export async function countDue(
  ctx: Context,
  { limit, anyHour }: { limit: number; anyHour: boolean },
): Promise<number> {
  if (!(await mayClaim(ctx, { anyHour }))) return 0;
  return InvitationModel.countDocuments(dueAt(ctx.clock.now())).limit(limit);
}
