import { volumeKey } from '../../surveys/aggregates/keys.ts';
import { addDays, monthOf } from '../../surveys/calendar.ts';
import type { Context } from '../../surveys/context.ts';
import { InvitationModel } from '../../surveys/invitations/model.ts';
import { lookupOf, mintToken } from '../../surveys/invitations/tokens.ts';

/** Invitations of twenty departments as they are after their mail was accepted; returns their tokens. */
export async function inviteMany(ctx: Context, count: number): Promise<string[]> {
  const now = ctx.clock.now();
  const placeOf = (n: number) => ({
    survey: 'customer-journey',
    department: `department-${n % 20}`,
    channel: 'counter',
    month: monthOf(now),
  });
  const tokens = Array.from({ length: count }, mintToken);
  for (let first = 0; first < count; first += 5_000) {
    await InvitationModel.insertMany(
      tokens.slice(first, first + 5_000).map((token, n) => ({
        _id: lookupOf(token),
        ...placeOf(n),
        version: 1,
        language: 'nl',
        state: 'sent',
        sendAt: now,
        expiresAt: addDays(now, 30),
        attempts: 1,
        tokens: [lookupOf(token)],
        accepted: true,
        volume: volumeKey(placeOf(n)),
        rev: 1,
        dirty: false,
      })),
    );
  }
  return tokens;
}
