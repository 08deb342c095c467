import type { Context } from '../../../surveys/context.ts';
import { claimDue, recordSent } from '../../../surveys/invitations/index.ts';
import { planInvitations } from '../invitations/planned.ts';

/** Invites one resident and hands over the token in the mail. */
export async function invitedToken(ctx: Context): Promise<string> {
  await planInvitations(ctx, 1);
  const [claimed] = await claimDue(ctx, 'worker', { limit: 1, leaseMs: 60_000, anyHour: true });
  await recordSent(claimed!);
  return claimed!.token;
}
