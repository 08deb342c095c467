import type { ContactEvent } from '../../../schemas/generated/contact.ts';
import customerJourney from '../../../surveys/catalog/customer-journey.json' with { type: 'json' };
import type { Context } from '../../../surveys/context.ts';
import { publishSurvey } from '../../../surveys/definitions/index.ts';

let count = 0;

/** A contact of this Monday afternoon, each time another one of another resident. */
export function contactEvent(changes: Partial<ContactEvent> = {}): ContactEvent {
  count += 1;
  return {
    source: 'kcc',
    id: `call-${count}`,
    occurredAt: '2026-03-09T14:00:00Z',
    department: 'burgerzaken',
    channel: 'phone',
    product: 'paspoort',
    recipient: { email: `resident-${count}@voorbeeld.example` },
    ...changes,
  };
}

/** Publishes the survey that contacts are asked about. */
export async function publishCustomerJourney(ctx: Context): Promise<void> {
  await publishSurvey(ctx, customerJourney);
}
