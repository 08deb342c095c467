import schema from '../../schemas/contact.schema.json' with { type: 'json' };
import type { ContactEvent } from '../../schemas/generated/contact.ts';
import { type Fault, type Validation, validator } from '../../schemas/validate.ts';
import type { Context } from '../context.ts';
import { keyedHash } from '../keys.ts';
import { addressHash } from '../recipients/address.ts';
import { type EmailAddress, normaliseEmail } from '../recipients/email.ts';
import { contactId } from './ids.ts';
import { type Recipient, withoutEmail } from './recipient.ts';

/** A contact event, read and trusted. */
export interface Contact {
  /** Ledger id. */
  id: string;
  /** Keyed hash of the whole event. */
  digest: string;
  occurredAt: Date;
  survey: string;
  department: string;
  channel: string;
  product?: string;
  stage?: string;
  /** ISO 639 code. */
  language: string;
  confidential: boolean;
  /** Where an invitation can go, if anywhere. */
  recipient?: Recipient;
}

const defaultSurvey = 'customer-journey';
const defaultLanguage = 'nl';

/** Clocks of other systems differ a little from ours; what is further ahead is a mistake. */
const clockSkewMs = 5 * 60_000;

const check = validator<ContactEvent>(schema);

/**
 * Reads one item of a batch as a contact, or names all that is wrong with it. `now` tells what is in the future. An e-mail
 * address goes before all else.
 */
export function readContact(
  ctx: Pick<Context, 'keys' | 'textMessages' | 'letters'>,
  item: unknown,
  now: Date,
): Validation<Contact> {
  const { keys } = ctx;
  const checked = check(item);
  if (!checked.ok) return checked;
  const event = checked.value;
  const occurredAt = new Date(event.occurredAt);
  const email = event.recipient?.email === undefined ? undefined : normaliseEmail(event.recipient.email);
  const faults = [...timeFaults(occurredAt, now), ...emailFaults(event, email)];
  if (faults.length > 0) return { ok: false, faults };

  const {
    source,
    id,
    survey = defaultSurvey,
    department,
    channel,
    product,
    stage,
    confidential = false,
  } = event;
  const language = event.language?.split('-')[0] ?? defaultLanguage;
  const hash = email && addressHash(keys, 'email', email.normalised);
  const recipient = email && hash ? { sendTo: email.mailTo, hash } : withoutEmail(ctx, event.recipient);
  const about = [survey, department, channel, product ?? '', stage ?? '', language, String(confidential)];
  return {
    ok: true,
    value: {
      id: contactId(keys, source, id),
      // Without phone number and postal address: an event has the same digest before and after these are turned on.
      digest: keyedHash(keys.contact, [source, id, occurredAt.toISOString(), ...about, hash ?? '']),
      occurredAt,
      survey,
      department,
      channel,
      ...(product && { product }),
      ...(stage && { stage }),
      language,
      confidential,
      ...(recipient && { recipient }),
    },
  };
}

function timeFaults(occurredAt: Date, now: Date): Fault[] {
  const pointer = '/occurredAt';
  if (Number.isNaN(occurredAt.getTime())) {
    return [{ pointer, code: 'format', detail: 'must be an instant that exists' }];
  }
  if (occurredAt.getTime() > now.getTime() + clockSkewMs) {
    return [{ pointer, code: 'future', detail: 'must not be in the future' }];
  }
  return [];
}

function emailFaults(event: ContactEvent, email: EmailAddress | undefined): Fault[] {
  if (event.recipient?.email === undefined || email) return [];
  return [{ pointer: '/recipient/email', code: 'email', detail: 'must be an e-mail address' }];
}
