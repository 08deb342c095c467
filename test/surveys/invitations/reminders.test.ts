import { expect } from 'chai';
import {
  type ClaimedInvitation,
  cancelInvitation,
  claimDue,
  closeByToken,
  expireDue,
  maximumAttempts,
  optOutByHash,
  recordFailed,
  recordRetry,
  recordSent,
  releaseLease,
  setSendingPaused,
} from '../../../surveys/invitations/index.ts';
import { InvitationModel } from '../../../surveys/invitations/model.ts';
import { rememberBounce } from '../../../surveys/recipients/index.ts';
import { deleteAnswers, submitAnswers } from '../../../surveys/responses/index.ts';
import { putSurveySettings } from '../../../surveys/settings/index.ts';
import { testContext } from '../../support/context.ts';
import { useStore } from '../../support/store.ts';
import { publishCustomerJourney } from '../contacts/contact-events.ts';
import { planInvitations } from './planned.ts';

const leaseMs = 60_000;
const dayMs = 86_400_000;

describe('a reminder', () => {
  useStore();
  const ctx = testContext();
  beforeEach(async () => {
    ctx.clock.set('2026-03-10T09:00:00Z');
    await publishCustomerJourney(ctx);
  });

  const claim = (): Promise<ClaimedInvitation[]> => claimDue(ctx, 'worker', { limit: 1, leaseMs });
  const stored = () => InvitationModel.findOne().lean();

  /** Plans an invitation and sends it. */
  async function sent(): Promise<ClaimedInvitation> {
    await planInvitations(ctx, 1);
    const [claimed] = await claim();
    expect(claimed).to.include({ kind: 'invitation' });
    await recordSent(claimed!);
    return claimed!;
  }

  /** The same, and a week later claims the reminder. */
  async function reminded(): Promise<{ first: ClaimedInvitation; reminder: ClaimedInvitation }> {
    const first = await sent();
    ctx.clock.advance(7 * dayMs);
    const [reminder] = await claim();
    expect(reminder).to.include({ kind: 'reminder', attempts: 1 });
    return { first, reminder: reminder! };
  }

  it('follows a week after the mail, once, and erases the address when it was sent', async () => {
    const { reminder } = await reminded();
    expect(await recordSent(reminder)).to.equal(true);
    expect(await stored())
      .to.include({ state: 'sent' })
      .and.not.have.any.keys('address', 'nextAt', 'lease');
    for (let day = 0; day < 60; day++) {
      ctx.clock.advance(dayMs);
      expect(await claim()).to.deep.equal([]);
    }
  });

  it('is not due a minute earlier', async () => {
    await sent();
    ctx.clock.advance(7 * dayMs - 60_000);
    expect(await claim()).to.deep.equal([]);
  });

  it('comes at the same hour across the change to summer time, and waits for the office after a holiday', async () => {
    ctx.clock.set('2026-03-24T09:30:00Z');
    await sent();
    expect((await stored())?.nextAt?.toISOString()).to.equal('2026-03-31T08:30:00.000Z');
    await InvitationModel.deleteMany({});
    ctx.clock.set('2026-03-30T12:00:00Z');
    await sent();
    // A week later is Easter Monday.
    expect((await stored())?.nextAt?.toISOString()).to.equal('2026-04-07T07:00:00.000Z');
  });

  it('has a link and a Message-ID of its own; in each attempt the same Message-ID and another link', async () => {
    const { first, reminder } = await reminded();
    expect(reminder.messageId).not.to.equal(first.messageId);
    expect(reminder.token).not.to.equal(first.token);
    expect(await recordRetry(ctx, reminder, { delayMs: 0 })).to.equal('planned');
    const [again] = await claim();
    expect(again).to.include({ kind: 'reminder', messageId: reminder.messageId, attempts: 2 });
    expect(again!.token).not.to.equal(reminder.token);
  });

  it('answers the same invitation: whichever link answers first closes the others', async () => {
    const { first, reminder } = await reminded();
    await recordSent(reminder);
    expect(await closeByToken(ctx, first.token)).to.include({ answered: 'here' });
    const refused = await closeByToken(ctx, reminder.token).catch(({ code }) => code);
    expect(refused).to.equal('alreadyAnswered');
  });

  it('does not go to who answered, not even when the answer was taken back', async () => {
    for (const takeBack of [false, true]) {
      const { token } = await sent();
      await submitAnswers(ctx, token, { overall: 8 });
      if (takeBack) await deleteAnswers(token);
      ctx.clock.advance(7 * dayMs);
      expect(await claim()).to.deep.equal([]);
    }
  });

  it('loses to an answer that comes while it is sent', async () => {
    const { first, reminder } = await reminded();
    await submitAnswers(ctx, first.token, { overall: 8 });
    expect(await recordSent(reminder)).to.equal(false);
    expect(await stored()).to.include({ state: 'answered' });
  });

  it('does not go to who opted out, whose address bounced or whose contact was erased, but all may still answer', async () => {
    const refusals = [
      ({ addressHash }: ClaimedInvitation) => optOutByHash(addressHash),
      ({ addressHash }: ClaimedInvitation) => rememberBounce(addressHash),
      ({ id }: ClaimedInvitation) => cancelInvitation(id),
    ];
    for (const refuse of refusals) {
      const first = await sent();
      await refuse(first);
      ctx.clock.advance(7 * dayMs);
      expect(await claim()).to.deep.equal([]);
      const invitation = await InvitationModel.findById(first.id).lean();
      expect(invitation).to.include({ state: 'sent' }).and.not.have.any.keys('address', 'nextAt');
      expect(await closeByToken(ctx, first.token)).to.include({ open: true });
    }
  });

  it('is not sent again to who opts out while an attempt is under way', async () => {
    const { first, reminder } = await reminded();
    await optOutByHash(first.addressHash);
    ctx.clock.advance(leaseMs);
    expect(await claim()).to.deep.equal([]);
    expect(await recordRetry(ctx, reminder, { delayMs: 0 })).to.equal(undefined);
    expect(await stored())
      .to.include({ state: 'sent' })
      .and.not.have.any.keys('address', 'nextAt', 'lease');
  });

  it('waits for the office and while sending is paused', async () => {
    await sent();
    ctx.clock.set('2026-03-17T19:00:00Z');
    expect(await claim()).to.deep.equal([]);
    ctx.clock.set('2026-03-18T10:00:00Z');
    await setSendingPaused(true);
    expect(await claim()).to.deep.equal([]);
    await setSendingPaused(false);
    expect(await claim()).to.have.length(1);
  });

  it('does not go once the invitation has expired, nor is it planned when it would', async () => {
    await sent();
    ctx.clock.advance(31 * dayMs);
    expect(await claim()).to.deep.equal([]);
    expect(await stored())
      .to.include({ state: 'expired' })
      .and.not.have.any.keys('address', 'addressHash');

    await InvitationModel.deleteMany({});
    await putSurveySettings('customer-journey', { expiryDays: 7 });
    ctx.clock.set('2026-06-09T09:00:00Z');
    const first = await sent();
    expect(first).not.to.have.property('remindAt');
    expect(await stored()).not.to.have.any.keys('address', 'nextAt');
  });

  it('can be moved or switched off for a survey; the address is then erased as soon as the mail was taken', async () => {
    await putSurveySettings('customer-journey', { reminderDays: 3 });
    await sent();
    expect((await stored())?.nextAt?.toISOString()).to.equal('2026-03-13T09:00:00.000Z');
    await InvitationModel.deleteMany({});
    await putSurveySettings('customer-journey', { reminderDays: 0 });
    await sent();
    expect(await stored())
      .to.include({ state: 'sent' })
      .and.not.have.any.keys('address', 'nextAt');
  });

  it('is taken over when its lease ends, and given back without counting', async () => {
    const { reminder } = await reminded();
    ctx.clock.advance(leaseMs);
    const [second] = await claim();
    expect(second).to.include({ kind: 'reminder', attempts: 2 });
    expect(await recordSent(reminder)).to.equal(false);
    expect(await releaseLease(ctx, second!)).to.equal(true);
    const [third] = await claim();
    expect(third).to.include({ kind: 'reminder', attempts: 2 });
  });

  it('that fails, at once or in every attempt, leaves the invitation open', async () => {
    const once = await reminded();
    expect(await recordFailed(once.reminder)).to.equal(true);
    expect(await stored())
      .to.include({ state: 'sent', accepted: true })
      .and.not.have.any.keys('address', 'nextAt');

    await InvitationModel.deleteMany({});
    ctx.clock.set('2026-06-09T09:00:00Z');
    let { reminder } = await reminded();
    for (let attempt = 1; attempt < maximumAttempts; attempt++) {
      await recordRetry(ctx, reminder, { delayMs: 0 });
      [reminder] = (await claim()) as [ClaimedInvitation];
    }
    expect(await recordRetry(ctx, reminder, { delayMs: 0 })).to.equal('failed');
    expect(await stored())
      .to.include({ state: 'sent' })
      .and.not.have.any.keys('address', 'nextAt');
  });

  it('under way keeps its invitation from expiring until the lease ends', async () => {
    await putSurveySettings('customer-journey', { expiryDays: 8 });
    await sent();
    ctx.clock.set('2026-03-18T08:59:30Z');
    const [reminder] = await claim();
    ctx.clock.advance(30_000);
    expect(await expireDue(ctx)).to.equal(0);
    expect(reminder).to.include({ kind: 'reminder' });
    ctx.clock.advance(leaseMs);
    expect(await expireDue(ctx)).to.equal(1);
  });
});
