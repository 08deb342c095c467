import { expect } from 'chai';
import {
  type ClaimedInvitation,
  claimDue,
  closeByToken,
  maximumAttempts,
  optOutByHash,
  recordBounced,
  recordFailed,
  recordRetry,
  recordSent,
  releaseLease,
  setSendingPaused,
} from '../../../surveys/invitations/index.ts';
import { InvitationModel } from '../../../surveys/invitations/model.ts';
import { deriveKeys } from '../../../surveys/keys.ts';
import { OptOutModel, openOptOutToken, refusedAmong } from '../../../surveys/recipients/index.ts';
import { testContext } from '../../support/context.ts';
import { needsOneStepUpdates } from '../../support/mongodb.ts';
import { useStore } from '../../support/store.ts';
import { pause } from '../../support/until.ts';
import { publishCustomerJourney } from '../contacts/contact-events.ts';
import { planInvitations } from './planned.ts';

const leaseMs = 60_000;

describe('sending an invitation', () => {
  useStore();
  const ctx = testContext();
  beforeEach(async () => {
    ctx.clock.set('2026-03-10T09:00:00Z');
    await publishCustomerJourney(ctx);
  });

  const claim = async (limit = 1): Promise<ClaimedInvitation[]> =>
    claimDue(ctx, 'worker', { limit, leaseMs });
  const stored = () => InvitationModel.findOne().lean();

  it('begins with a claim that holds the address, fresh links and a Message-ID, while the store holds none', async () => {
    await planInvitations(ctx, 1);
    const [claimed] = await claim();
    expect(claimed).to.deep.include({ survey: 'customer-journey', version: 1, language: 'nl', attempts: 1 });
    expect(claimed?.address).to.match(/^resident-\d+@voorbeeld\.example$/);
    expect(openOptOutToken(ctx.keys, claimed!.optOutToken)).to.equal(claimed?.addressHash);
    const text = JSON.stringify(await stored());
    for (const secret of [claimed!.token, claimed!.address, claimed!.messageId, claimed!.optOutToken]) {
      expect(text).not.to.contain(secret);
    }
  });

  it('happens once: a claimed or sent invitation is not claimed again', async () => {
    await planInvitations(ctx, 1);
    const [claimed] = await claim();
    expect(await claim()).to.deep.equal([]);
    expect(await recordSent(claimed!)).to.equal(true);
    ctx.clock.advance(leaseMs + 1);
    expect(await claim()).to.deep.equal([]);
    expect(await stored()).to.include({ state: 'sent', accepted: true, dirty: true });
  });

  it('is divided between workers that race, without loss or overlap', async function () {
    await needsOneStepUpdates(this);
    await planInvitations(ctx, 200);
    const shares: Record<string, string[]> = { one: [], other: [] };
    const work = async (owner: string) => {
      for (let empty = 0; empty < 3; ) {
        const claims = await claimDue(ctx, owner, { limit: 17, leaseMs });
        empty = claims.length === 0 ? empty + 1 : 0;
        for (const { id } of claims) shares[owner]!.push(id);
        await Promise.all(claims.map(recordSent));
      }
    };
    await Promise.all([work('one'), work('other')]);
    const all = [...shares.one!, ...shares.other!];
    expect(all).to.have.length(200);
    expect(new Set(all).size).to.equal(200);
    expect(await InvitationModel.countDocuments({ state: 'sent', accepted: true })).to.equal(200);
  });

  it('is claimed by one of two workers, whichever step of the one comes between those of the other', async function () {
    await needsOneStepUpdates(this);
    await planInvitations(ctx, 48);
    for (let round = 0; round < 48; round += 1) {
      const [first, second] = await Promise.all([claim(), pause((round % 16) / 2).then(() => claim())]);
      expect(
        first.map(({ id }) => id),
        `round ${round}`,
      ).not.to.include(second[0]?.id);
    }
  });

  it('can be claimed for many at once', async () => {
    await planInvitations(ctx, 250);
    expect(await claimDue(ctx, 'one', { limit: 250, leaseMs })).to.have.length(250);
  });

  it('is taken over when the lease ends; the first worker can record nothing any more', async () => {
    await planInvitations(ctx, 1);
    const [first] = await claim();
    ctx.clock.advance(leaseMs);
    const [second] = await claim();
    expect(second).to.include({ attempts: 2, messageId: first!.messageId });
    expect(second!.token).not.to.equal(first!.token);
    expect(await recordSent(first!)).to.equal(false);
    expect(await recordRetry(ctx, first!, { delayMs: 0 })).to.equal(undefined);
    expect(await recordSent(second!)).to.equal(true);
    // Both mails may have arrived: either link answers.
    expect(await closeByToken(ctx, first!.token)).to.include({ answered: 'here' });
  });

  it('waits for the office, unless nobody is disturbed', async () => {
    await planInvitations(ctx, 1);
    ctx.clock.set('2026-03-10T16:00:00Z');
    expect(await claim()).to.deep.equal([]);
    expect(await claimDue(ctx, 'worker', { limit: 1, leaseMs, anyHour: true })).to.have.length(1);
  });

  it('stops while sending is paused', async () => {
    await planInvitations(ctx, 1);
    await setSendingPaused(true);
    expect(await claim()).to.deep.equal([]);
    await setSendingPaused(false);
    expect(await claim()).to.have.length(1);
  });

  it('takes the longest waiting first', async () => {
    await planInvitations(ctx, 1);
    ctx.clock.advance(3_600_000);
    await planInvitations(ctx, 1);
    const [first] = await claim();
    expect((await InvitationModel.findById(first!.id).lean())?.sendAt.toISOString()).to.equal(
      '2026-03-10T09:00:00.000Z',
    );
  });

  it('is repeated after a temporary fault, in office hours', async () => {
    await planInvitations(ctx, 1);
    const [claimed] = await claim();
    expect(await recordRetry(ctx, claimed!, { delayMs: 10 * 3_600_000 })).to.equal('planned');
    expect((await stored())?.nextAt?.toISOString()).to.equal('2026-03-11T08:00:00.000Z');
    expect(await claim()).to.deep.equal([]);
    ctx.clock.set('2026-03-11T08:00:00Z');
    expect(await claim()).to.have.length(1);
  });

  it('has failed after so many attempts, and keeps no address then', async () => {
    await planInvitations(ctx, 1);
    const outcomes = [];
    for (let attempt = 1; attempt <= maximumAttempts; attempt += 1) {
      const [claimed] = await claim();
      outcomes.push(await recordRetry(ctx, claimed!, { delayMs: 0 }));
    }
    expect(outcomes).to.deep.equal([...Array(maximumAttempts - 1).fill('planned'), 'failed']);
    expect(await stored())
      .to.include({ state: 'failed', accepted: false })
      .and.not.have.any.keys('address', 'nextAt');
  });

  it('has failed, too, when the process died in every attempt', async () => {
    await planInvitations(ctx, 1);
    for (let attempt = 1; attempt <= maximumAttempts; attempt += 1) {
      expect(await claim()).to.have.length(1);
      ctx.clock.advance(leaseMs);
    }
    expect(await claim()).to.deep.equal([]);
    expect(await stored()).to.include({ state: 'failed' });
  });

  it('does not count an attempt that was given back', async () => {
    await planInvitations(ctx, 1);
    const [claimed] = await claim();
    expect(await releaseLease(ctx, claimed!)).to.equal(true);
    const [again] = await claim();
    expect(again).to.include({ attempts: 1 });
  });

  it('remembers an address that bounced', async () => {
    await planInvitations(ctx, 1);
    const [claimed] = await claim();
    expect(await recordBounced(claimed!)).to.equal(true);
    expect(await stored())
      .to.include({ state: 'bounced' })
      .and.not.have.any.keys('address', 'addressHash');
    expect((await refusedAmong([claimed!.addressHash])).bounced.size).to.equal(1);
  });

  it('can fail for a reason that is not the address', async () => {
    await planInvitations(ctx, 1);
    const [claimed] = await claim();
    expect(await recordFailed(claimed!)).to.equal(true);
    expect((await refusedAmong([claimed!.addressHash])).bounced.size).to.equal(0);
  });

  it('does not happen after an opt-out, not even on a retry or when the wish came while planning', async () => {
    await planInvitations(ctx, 2);
    const [onTheWay] = await claim();
    await optOutByHash(onTheWay!.addressHash);
    await recordRetry(ctx, onTheWay!, { delayMs: 0 });
    // Both are due at the same moment: whichever comes first, the refused one is ended and the other one claimed.
    const [waiting, ...more] = [...(await claim()), ...(await claim())];
    expect(more).to.deep.equal([]);
    expect(waiting!.id).not.to.equal(onTheWay!.id);
    await releaseLease(ctx, waiting!);
    await OptOutModel.create({ _id: waiting!.addressHash });
    expect(await claim(2)).to.deep.equal([]);
    expect(await InvitationModel.countDocuments({ state: 'optedOut', address: { $exists: false } })).to.equal(
      2,
    );
  });

  it('counts no attempt when addresses can not be opened', async () => {
    await planInvitations(ctx, 1);
    const stranger = { ...ctx, keys: deriveKeys('another secret') };
    let fault: unknown;
    await claimDue(stranger, 'worker', { limit: 1, leaseMs }).catch((error) => {
      fault = error;
    });
    expect(fault).to.be.an('error').with.property('message').that.contains('SECRET_KEY');
    expect(await stored()).to.include({ state: 'planned', attempts: 0 });
  });
});
