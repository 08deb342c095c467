import { expect } from 'chai';
import fc from 'fast-check';
import { latePerHour, roomForLate } from '../../../surveys/invitations/backlog.ts';
import {
  claimDue,
  expireDue,
  isOfficeMoment,
  recordSent,
  setSendingPaused,
} from '../../../surveys/invitations/index.ts';
import { InvitationModel } from '../../../surveys/invitations/model.ts';
import { defaultHolidays } from '../../../surveys/municipality/index.ts';
import { testContext } from '../../support/context.ts';
import { needsOneStepUpdates } from '../../support/mongodb.ts';
import { useStore } from '../../support/store.ts';
import { publishCustomerJourney } from '../contacts/contact-events.ts';
import { planInvitations } from './planned.ts';

const leaseMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

describe('catching up', () => {
  useStore();
  const ctx = testContext();
  beforeEach(async () => {
    ctx.clock.set('2026-03-10T09:00:00Z');
    await publishCustomerJourney(ctx);
  });

  async function sendAll(limit = 500): Promise<number> {
    let sent = 0;
    for (;;) {
      const claims = await claimDue(ctx, 'worker', { limit, leaseMs });
      if (claims.length === 0) return sent;
      for (const claim of claims) await recordSent(claim);
      sent += claims.length;
    }
  }

  it('after downtime sends nothing outside office hours, whatever the hour at which it ends', async () => {
    await planInvitations(ctx, 1);
    const copy = await InvitationModel.findOne().lean();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 20 * 24 * 4 }), async (quarters) => {
        await InvitationModel.replaceOne({ _id: copy!._id }, copy!);
        ctx.clock.set(new Date(Date.parse('2026-03-20T00:00:00Z') + quarters * 15 * 60_000));
        const open = isOfficeMoment(ctx.clock.now(), defaultHolidays);
        expect((await claimDue(ctx, 'worker', { limit: 5, leaseMs })).length).to.equal(open ? 1 : 0);
      }),
      { numRuns: 40 },
    );
  });

  it('after a long pause sends the late ones in portions by the hour, and those of today at once', async () => {
    await planInvitations(ctx, 5);
    await setSendingPaused(true);
    ctx.clock.set('2026-03-17T09:30:00Z');
    await setSendingPaused(false);
    await planInvitations(ctx, 3);
    expect(await roomForLate(ctx, latePerHour - 2), 'others that are late').to.equal(latePerHour - 2);
    expect(await sendAll(), 'two of the late ones, and those of today').to.equal(2 + 3);
    ctx.clock.advance(29 * 60_000);
    expect(await sendAll()).to.equal(0);
    ctx.clock.advance(60_000);
    expect(await sendAll()).to.equal(3);
  });

  it('grants no more late mails an hour than that, whoever asks for how many', async function () {
    await needsOneStepUpdates(this);
    const wanted = Array.from({ length: 40 }, (_, index) => index * 7);
    const granted = await Promise.all(wanted.map((one) => roomForLate(ctx, one)));
    expect(granted.reduce((sum, one) => sum + one, 0)).to.equal(latePerHour);
    expect(granted.every((one, index) => one <= wanted[index]!)).to.equal(true);
  });

  it('does not send what expired meanwhile, before or after its expiry was recorded', async () => {
    await planInvitations(ctx, 2);
    ctx.clock.advance(31 * dayMs);
    expect(await sendAll()).to.equal(0);
    await planInvitations(ctx, 2);
    ctx.clock.advance(31 * dayMs);
    expect(await expireDue(ctx)).to.equal(2);
    expect(await sendAll()).to.equal(0);
  });

  it('is not what a weekend or a holiday does: those mails are not late', async () => {
    ctx.clock.set('2026-04-03T14:00:00Z');
    await planInvitations(ctx, 3);
    // Tuesday after Easter.
    ctx.clock.set('2026-04-07T07:00:00Z');
    await roomForLate(ctx, latePerHour);
    expect(await sendAll()).to.equal(3);
  });
});

describe('a clock that jumps', () => {
  useStore();
  const ctx = testContext();
  beforeEach(async () => {
    ctx.clock.set('2026-03-10T09:00:00Z');
    await publishCustomerJourney(ctx);
  });
  const claim = () => claimDue(ctx, 'worker', { limit: 10, leaseMs });

  it('back by an hour sends nothing twice, and what was planned waits for its moment', async () => {
    await planInvitations(ctx, 2);
    const [one, other] = await claim();
    await recordSent(one!);
    ctx.clock.advance(-hourMs);
    expect(await claim()).to.deep.equal([]);
    expect(await recordSent(other!)).to.equal(true);
    expect(await claim()).to.deep.equal([]);
  });

  it('ahead by an hour lets leases end, and still each mail is recorded once and under one Message-ID', async () => {
    await planInvitations(ctx, 1);
    const [one] = await claim();
    ctx.clock.advance(hourMs);
    const [again] = await claim();
    expect(again).to.include({ id: one!.id, messageId: one!.messageId });
    expect([await recordSent(again!), await recordSent(one!)]).to.deep.equal([true, false]);
  });

  it('for summer time changes no interval: hours of the store are UTC', async () => {
    ctx.clock.set('2026-03-27T15:59:30Z');
    await planInvitations(ctx, 1);
    expect(await claim()).to.have.length(1);
    // 16:59:30 on Friday; the lease ends after closing, so it is taken over on Monday at 9:00 in summer time.
    ctx.clock.set('2026-03-30T06:59:59Z');
    expect(await claim()).to.deep.equal([]);
    ctx.clock.set('2026-03-30T07:00:00Z');
    expect(await claim()).to.have.length(1);
  });
});
