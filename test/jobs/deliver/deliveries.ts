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

/** A transport that keeps what it is given and answers as told. */
export function keepingTransport(answer: (mail: Mail, signal?: AbortSignal) => Outcome | Promise<Outcome>) {
  const mails: Mail[] = [];
  const transport: Transport = {
    async send(mail, signal) {
      mails.push(mail);
      return answer(mail, signal);
    },
    close: async () => {},
  };
  return { mails, transport };
}

export const accept = (): Outcome => ({ kind: 'accepted' });

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
