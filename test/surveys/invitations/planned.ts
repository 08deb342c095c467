import { recordContacts } from '../../../surveys/contacts/index.ts';
import type { Context } from '../../../surveys/context.ts';
import { contactEvent } from '../contacts/contact-events.ts';

/** Plans invitations that are due now, each to another resident. */
export async function planInvitations(ctx: Context, count: number): Promise<void> {
  const lastWeek = new Date(ctx.clock.now().getTime() - 7 * 86_400_000).toISOString();
  await recordContacts(
    ctx,
    Array.from({ length: count }, () => contactEvent({ occurredAt: lastWeek })),
  );
}
