import { expect } from 'chai';
import {
  claimDue,
  closeByToken,
  expireDue,
  findByToken,
  mintToken,
  optOutByHash,
  recordRetry,
  recordSent,
  withdrawByToken,
} from '../../../surveys/invitations/index.ts';
import { InvitationModel } from '../../../surveys/invitations/model.ts';
import { testContext } from '../../support/context.ts';
import { needsOneStepUpdates } from '../../support/mongodb.ts';
import { useStore } from '../../support/store.ts';
import { publishCustomerJourney } from '../contacts/contact-events.ts';
import { planInvitations } from './planned.ts';

describe('answering an invitation', () => {
  useStore();
  const ctx = testContext();
  beforeEach(async () => {
    ctx.clock.set('2026-03-10T09:00:00Z');
    await publishCustomerJourney(ctx);
    await planInvitations(ctx, 1);
  });

  const claim = async () => (await claimDue(ctx, 'worker', { limit: 1, leaseMs: 60_000 }))[0]!;
  const stored = () => InvitationModel.findOne().lean();
  const refusal = (token: string) =>
    closeByToken(ctx, token).then(
      () => 'answered',
      ({ code }) => code,
    );

  async function sent() {
    const claimed = await claim();
    await recordSent(claimed);
    return claimed;
  }

  it('begins with a link that tells where the contact was, and changes nothing', async () => {
    const { token } = await sent();
    const before = await stored();
    expect(await findByToken(ctx, token)).to.deep.equal({
      survey: 'customer-journey',
      version: 1,
      department: 'burgerzaken',
      channel: 'phone',
      product: 'paspoort',
      language: 'nl',
      answered: 'no',
      open: true,
    });
    expect(await stored()).to.deep.equal(before);
  });

  it('closes the invitation, erases the address, and keeps no time of answering', async () => {
    const { token } = await sent();
    const before = await stored();
    ctx.clock.set('2026-03-12T10:11:12Z');
    expect(await closeByToken(ctx, token)).to.include({ answered: 'here', open: true });
    const after = await stored();
    expect(after)
      .to.include({ state: 'answered' })
      .and.not.have.any.keys('address', 'addressHash', 'mails', 'nextAt');
    const times = (document: object) => Object.values(document).filter((value) => value instanceof Date);
    expect(times(after!)).to.deep.equal([before!.sendAt, before!.expiresAt]);
  });

  it('may be repeated and changed through the same link', async () => {
    const { token } = await sent();
    const views = [await closeByToken(ctx, token), await closeByToken(ctx, token)];
    expect(views[1]).to.deep.equal(views[0]);
  });

  it('is refused through another link of the same invitation', async () => {
    const first = await claim();
    await recordRetry(ctx, first, { delayMs: 0 });
    const second = await sent();
    await closeByToken(ctx, second.token);
    expect(await refusal(first.token)).to.equal('alreadyAnswered');
    expect(await findByToken(ctx, first.token)).to.include({ answered: 'elsewhere', open: false });
    expect(await withdrawByToken(first.token)).to.equal(false);
  });

  it('is for one of many links that race', async function () {
    await needsOneStepUpdates(this);
    const tokens = [];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const claimed = await claim();
      tokens.push(claimed.token);
      await recordRetry(ctx, claimed, { delayMs: 0 });
    }
    const outcomes = await Promise.all(tokens.map(refusal));
    expect(outcomes.filter((outcome) => outcome === 'answered')).to.have.length(1);
    expect(outcomes.filter((outcome) => outcome === 'alreadyAnswered')).to.have.length(7);
  });

  it('is possible before our record of the sending, which stops a repeat of the mail', async () => {
    const lost = await claim();
    await recordRetry(ctx, lost, { delayMs: 0 });
    expect(await refusal(lost.token)).to.equal('answered');
    expect(await claimDue(ctx, 'worker', { limit: 1, leaseMs: 60_000 })).to.deep.equal([]);
    expect(await stored()).to.include({ state: 'answered', accepted: true });
  });

  it('ends with the term; what was answered can still be withdrawn', async () => {
    const { token } = await sent();
    await closeByToken(ctx, token);
    ctx.clock.set('2026-04-09T09:00:00Z');
    expect(await refusal(token)).to.equal('surveyClosed');
    expect(await findByToken(ctx, token)).to.include({ answered: 'here', open: false });
    expect(await withdrawByToken(token)).to.equal(true);
    expect(await findByToken(ctx, token)).to.include({ answered: 'no', open: false });
  });

  it('may be withdrawn and given again, but only where it was given', async () => {
    const { token } = await sent();
    expect(await withdrawByToken(token)).to.equal(false);
    await closeByToken(ctx, token);
    expect(await withdrawByToken(token)).to.equal(true);
    expect(await withdrawByToken(token)).to.equal(true);
    expect(await stored()).to.include({ state: 'withdrawn' });
    expect(await refusal(token)).to.equal('answered');
  });

  it('is still possible after an opt-out: the wish is about mail', async () => {
    const { token, addressHash } = await sent();
    await optOutByHash(addressHash);
    await optOutByHash(addressHash);
    expect(await stored()).not.to.have.property('address');
    expect(await refusal(token)).to.equal('answered');
  });

  it('is impossible with a token of nobody', async () => {
    for (const token of [mintToken(), '', 'x', '$ne', `${mintToken()}x`]) {
      expect(await findByToken(ctx, token)).to.equal(undefined);
      expect(await refusal(token)).to.equal('notFound');
      expect(await withdrawByToken(token)).to.equal(false);
    }
  });

  it('is impossible once expired, when the address is erased too', async () => {
    const { token } = await sent();
    ctx.clock.set('2026-04-09T08:59:59Z');
    expect(await expireDue(ctx)).to.equal(0);
    ctx.clock.set('2026-04-09T09:00:00Z');
    expect(await expireDue(ctx)).to.equal(1);
    expect(await expireDue(ctx)).to.equal(0);
    expect(await stored())
      .to.include({ state: 'expired', accepted: true })
      .and.not.have.any.keys('address', 'addressHash');
    expect(await refusal(token)).to.equal('surveyClosed');
  });

  it('may expire unsent, planned or in the hands of a worker that died', async () => {
    await claim();
    ctx.clock.set('2026-04-09T09:00:00Z');
    expect(await expireDue(ctx)).to.equal(1);
    expect(await stored()).to.include({ state: 'expired', accepted: false });
  });
});
