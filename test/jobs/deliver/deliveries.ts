import { createDelivery, type Delivery, type DeliveryOptions } from '../../../jobs/deliver/index.ts';
import type { Mail, Outcome, Transport } from '../../../jobs/transport/index.ts';
import type { Context } from '../../../surveys/context.ts';
import { InvitationModel } from '../../../surveys/invitations/index.ts';

const settings = { baseUrl: 'https://luister.gemeente.example', mailFrom: 'vraag@gemeente.example' };

/** A delivery by this transport, with the shortest waits between attempts. */
export function deliveryBy(
  ctx: Context,
  transport: Transport,
  options: Partial<DeliveryOptions> = {},
): Delivery {
  return createDelivery(ctx, { transport, settings, random: () => 0, ...options });
}

/** Never answers; an attempt ends when it is broken off. */
export function untilAborted(_mail: Mail, signal?: AbortSignal): Promise<Outcome> {
  return new Promise((end) =>
    signal!.addEventListener('abort', () => end({ kind: 'retry', reason: 'EABORT' })),
  );
}

/** How many invitations there are in each state. */
export async function states(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { state } of await InvitationModel.find().lean()) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
