import { addDays, later } from '../calendar.ts';
import type { PublishedSurvey } from '../definitions/index.ts';
import { addWorkingDays, nextOfficeMoment } from '../invitations/office-hours.ts';
import { type Keys, keyedHash } from '../keys.ts';
import type { Holiday } from '../municipality/index.ts';
import { isFree } from '../recipients/caps.ts';
import type { Cap } from '../recipients/model.ts';
import type { RefusedAddresses } from '../recipients/refused.ts';
import type { SettingsInForce } from '../settings/index.ts';
import type { Contact } from './contact.ts';
import type { SkipReason } from './model.ts';

/** What the rules look at besides the contact itself. */
export interface Knowledge {
  /** Open surveys by key. One that is not here is not published. */
  surveys: Map<string, { published: PublishedSurvey; settings: SettingsInForce }>;
  refused: RefusedAddresses;
  /** Caps by address hash. */
  caps: Map<string, Cap>;
  /** No mail is planned on these. */
  holidays: readonly Holiday[];
}

/** An invitation that the rules allow. Without `capUntil` it takes no cap. */
export interface Plan {
  sendAt: Date;
  version: number;
  expiryDays: number;
  closesAt?: Date;
  /** An e-mail address, a phone number or the lines of a postal address. */
  sendTo: string;
  addressHash: string;
  capUntil?: Date;
}

export type Decision = { decision: 'invited'; plan: Plan } | { decision: 'skipped'; reason: SkipReason };

/**
 * Decides whether to invite. The order of the rules is part of the contract, since the first one that applies gives
 * the reason: first what the contact itself rules out (nothing about a person is looked up for it), then what is
 * known of the address, then the draw, and the cap last, because it is the only rule that claims something.
 */
export function decide(keys: Keys, contact: Contact, now: Date, knowledge: Knowledge): Decision {
  const survey = knowledge.surveys.get(contact.survey);
  if (!survey) return skip('noSurvey');
  const { published, settings } = survey;
  const closesAt = settings.closesAt === undefined ? undefined : new Date(settings.closesAt);
  if (closesAt && closesAt <= now) return skip('noSurvey');
  if (contact.confidential) return skip('confidential');
  if (contact.occurredAt < addDays(now, -settings.maximumAgeDays)) return skip('tooOld');

  const { recipient } = contact;
  if (!recipient) return skip('noAddress');
  if (knowledge.refused.bounced.has(recipient.hash)) return skip('bouncedBefore');
  if (knowledge.refused.optedOut.has(recipient.hash)) return skip('optedOut');

  const rate = samplingRate(settings, contact);
  if (rate < 1 && draw(keys, contact) >= rate) return skip('sampledOut');

  const sendAt = plannedSend(settings, contact, now, knowledge.holidays);
  if (closesAt && closesAt <= sendAt) return skip('noSurvey');
  const capped = settings.capDays > 0;
  if (capped && !isFree(knowledge.caps.get(recipient.hash), { contact: contact.id, sendAt }))
    return skip('capped');
  return {
    decision: 'invited',
    plan: {
      sendAt,
      version: published.version,
      expiryDays: settings.expiryDays,
      ...(closesAt && { closesAt }),
      sendTo: recipient.sendTo,
      addressHash: recipient.hash,
      ...(capped && { capUntil: addDays(sendAt, settings.capDays) }),
    },
  };
}

function skip(reason: SkipReason): Decision {
  return { decision: 'skipped', reason };
}

/** The contact's lot, from 0 to 1: always the same for the same contact, and nobody without the key can foresee it. */
function draw(keys: Keys, contact: Contact): number {
  return Number.parseInt(keyedHash(keys.sampling, [contact.id], 6), 16) / 2 ** 48;
}

function samplingRate({ sampling }: SettingsInForce, contact: Contact): number {
  const rule = sampling.rules?.find(
    ({ department = contact.department, channel = contact.channel }) =>
      department === contact.department && channel === contact.channel,
  );
  return rule?.rate ?? sampling.default;
}

/** The delay counts from the contact; a contact that is reported later than that is asked about at once. */
function plannedSend(
  settings: SettingsInForce,
  { channel, occurredAt }: Contact,
  now: Date,
  holidays: readonly Holiday[],
): Date {
  const delay = settings.channelDelays[channel] ?? settings.delayWorkingDays;
  return nextOfficeMoment(later(addWorkingDays(occurredAt, delay, holidays), now), holidays);
}
