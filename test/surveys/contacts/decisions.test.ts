import { expect } from 'chai';
import type { ContactEvent } from '../../../schemas/generated/contact.ts';
import { recordContacts, skipReasons } from '../../../surveys/contacts/index.ts';
import { optOutByHash } from '../../../surveys/invitations/index.ts';
import { addressHash, rememberBounce } from '../../../surveys/recipients/index.ts';
import { putSurveySettings } from '../../../surveys/settings/index.ts';
import { testContext } from '../../support/context.ts';
import { useStore } from '../../support/store.ts';
import { contactEvent, publishCustomerJourney } from './contact-events.ts';

describe('the decision about a contact', () => {
  useStore();
  /** A Tuesday, 10:00 in Almere. */
  const ctx = testContext('2026-03-10T09:00:00Z');
  beforeEach(() => publishCustomerJourney(ctx));

  async function decide(changes: Partial<ContactEvent>) {
    const [result] = await recordContacts(ctx, [contactEvent(changes)]);
    return result!;
  }

  it('invites one working day after the contact', async () => {
    const result = await decide({ occurredAt: '2026-03-09T14:00:00Z' });
    expect(result).to.include({ source: 'kcc', decision: 'invited' });
    expect(result.sendAt?.toISOString()).to.equal('2026-03-10T14:00:00.000Z');
  });

  it('invites at once when that day is past', async () => {
    const result = await decide({ occurredAt: '2026-03-02T14:00:00Z' });
    expect(result.sendAt?.toISOString()).to.equal('2026-03-10T09:00:00.000Z');
  });

  it('waits for office hours', async () => {
    const result = await decide({ occurredAt: '2026-03-09T19:00:00Z' });
    expect(result.sendAt?.toISOString()).to.equal('2026-03-11T08:00:00.000Z');
  });

  it('takes the delay from the survey’s settings, and from those of the channel', async () => {
    await putSurveySettings('customer-journey', { delayWorkingDays: 3, channelDelays: { website: 0 } });
    expect((await decide({})).sendAt?.toISOString()).to.equal('2026-03-12T14:00:00.000Z');
    expect((await decide({ channel: 'website' })).sendAt?.toISOString()).to.equal('2026-03-10T09:00:00.000Z');
  });

  it('skips when no such survey is published', async () => {
    expect(await decide({ survey: 'parking' })).to.include({ decision: 'skipped', reason: 'noSurvey' });
  });

  it('skips when the survey is closed, or will be before the mail could go', async () => {
    for (const closesAt of ['2026-03-10T09:00:00Z', '2026-03-10T12:00:00Z']) {
      await putSurveySettings('customer-journey', { closesAt });
      expect(await decide({})).to.include({ decision: 'skipped', reason: 'noSurvey' });
    }
  });

  it('skips confidential contacts', async () => {
    expect(await decide({ confidential: true })).to.include({ decision: 'skipped', reason: 'confidential' });
  });

  it('skips what is longer ago than thirty days, to the millisecond', async () => {
    expect(await decide({ occurredAt: '2026-02-08T09:00:00.000Z' })).to.include({ decision: 'invited' });
    expect(await decide({ occurredAt: '2026-02-08T08:59:59.999Z' })).to.include({ reason: 'tooOld' });
  });

  it('skips whom no mail can reach', async () => {
    expect(await decide({ recipient: { phone: '06 12345678' } })).to.include({ reason: 'noAddress' });
    expect(await decide({ recipient: {} })).to.include({ reason: 'noAddress' });
    const { recipient: _, ...nobody } = contactEvent();
    expect((await recordContacts(ctx, [nobody]))[0]).to.include({ reason: 'noAddress' });
  });

  it('skips an address that opted out, however it is written', async () => {
    await optOutByHash(addressHash(ctx.keys, 'email', 'jan@voorbeeld.example'));
    expect(await decide({ recipient: { email: 'Jan+post@VOORBEELD.example' } })).to.include({
      reason: 'optedOut',
    });
  });

  it('skips an address that a mail server refused', async () => {
    await rememberBounce(addressHash(ctx.keys, 'email', 'jan@voorbeeld.example'));
    expect(await decide({ recipient: { email: 'jan@voorbeeld.example' } })).to.include({
      reason: 'bouncedBefore',
    });
  });

  it('draws lots: about the share that the first fitting rule says, and always the same for a contact', async () => {
    await putSurveySettings('customer-journey', {
      sampling: {
        default: 1,
        rules: [
          { department: 'sport', rate: 0 },
          { channel: 'phone', rate: 0.25 },
        ],
      },
    });
    const events = Array.from({ length: 800 }, (_, n) => contactEvent({ source: 'lots', id: `${n}` }));
    const first = await recordContacts(ctx, events, { dryRun: true });
    const invited = first.filter(({ decision }) => decision === 'invited').length;
    expect(invited).to.be.within(150, 250);
    expect(first.filter(({ reason }) => reason === 'sampledOut')).to.have.length(800 - invited);
    expect(await recordContacts(ctx, events, { dryRun: true })).to.deep.equal(first);
    expect(await decide({ department: 'sport' })).to.include({ reason: 'sampledOut' });
    expect(await decide({ channel: 'counter' })).to.include({ decision: 'invited' });
  });

  it('asks an address once in ninety days, counted from the planned send', async () => {
    const recipient = { email: 'jan@voorbeeld.example' };
    await decide({ recipient }); // sent on 10 March at 14:00 UTC
    expect(await decide({ recipient, channel: 'counter' })).to.include({
      decision: 'skipped',
      reason: 'capped',
    });
    const later = { recipient, occurredAt: '2026-06-05T09:00:00Z' };
    const almost = await recordContacts(ctx, [contactEvent(later)], {
      asOf: new Date('2026-06-08T13:59:59Z'),
    });
    expect(almost[0]).to.include({ reason: 'capped' });
    const free = await recordContacts(ctx, [contactEvent(later)], { asOf: new Date('2026-06-08T14:00:00Z') });
    expect(free[0]).to.include({ decision: 'invited' });
  });

  it('can do without a cap', async () => {
    await putSurveySettings('customer-journey', { capDays: 0 });
    const recipient = { email: 'jan@voorbeeld.example' };
    expect(await decide({ recipient })).to.include({ decision: 'invited' });
    expect(await decide({ recipient })).to.include({ decision: 'invited' });
  });

  it('gives the first reason that applies, in the documented order', async () => {
    const email = 'jan@voorbeeld.example';
    const hash = addressHash(ctx.keys, 'email', email);
    await decide({ recipient: { email } });
    await optOutByHash(hash);
    await rememberBounce(hash);
    await putSurveySettings('customer-journey', { sampling: { default: 0 } });
    const all: Partial<ContactEvent> = {
      survey: 'parking',
      confidential: true,
      occurredAt: '2026-01-01T09:00:00Z',
      recipient: {},
    };
    const reasons: (string | undefined)[] = [(await decide(all)).reason];
    for (const mended of [
      { survey: 'customer-journey' },
      { confidential: false },
      { occurredAt: '2026-03-09T14:00:00Z' },
      { recipient: { email } },
    ]) {
      Object.assign(all, mended);
      reasons.push((await decide(all)).reason);
    }
    expect(reasons).to.deep.equal(skipReasons.slice(0, reasons.length));
  });
});
