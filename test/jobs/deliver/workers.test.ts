import { expect } from 'chai';
import { claimDue, InvitationModel } from '../../../surveys/invitations/index.ts';
import { testContext } from '../../support/context.ts';
import { accept, keepingTransport } from '../../support/keeping-transport.ts';
import { needsOneStepUpdates } from '../../support/mongodb.ts';
import { useStore } from '../../support/store.ts';
import { pause, until } from '../../support/until.ts';
import { deliveryBy, states, untilAborted } from './deliveries.ts';
import { invite, type MovingContext, residents } from './invite.ts';

describe('jobs/deliver, by workers that share, stop and die', () => {
  useStore();
  let ctx: MovingContext;

  beforeEach(() => {
    ctx = testContext();
  });

  it('shares what is due with another worker, each mail with one of them', async function () {
    await needsOneStepUpdates(this);
    const sinks = [keepingTransport(accept), keepingTransport(accept)];
    await invite(ctx, residents(200));
    const workers = sinks.map(({ transport }) => deliveryBy(ctx, transport, { batch: 10 }));
    expect(await workers[0]!.batchesDue()).to.equal(20);
    const delivered = await Promise.all(workers.map((worker) => worker.deliverDue()));
    expect(delivered[0]!.accepted + delivered[1]!.accepted).to.equal(200);
    for (const { accepted } of delivered) expect(accepted).to.be.above(40);
    const sent = sinks.flatMap(({ mails }) => mails.map(({ to }) => to));
    expect(sent).to.have.members(residents(200));
    expect(await workers[0]!.batchesDue()).to.equal(0);
  });

  it('keeps two workers apart: each mail goes once', async function () {
    await needsOneStepUpdates(this);
    const { mails, transport } = keepingTransport(async () => {
      await new Promise((wait) => setTimeout(wait, 2));
      return { kind: 'accepted' };
    });
    await invite(ctx, residents(100));
    const options = { batch: 10, concurrency: 5 };
    await Promise.all([
      deliveryBy(ctx, transport, options).deliverDue(),
      deliveryBy(ctx, transport, options).deliverDue(),
    ]);
    for (let left = 3; left > 0; left -= 1) await deliveryBy(ctx, transport).deliverDue();
    expect(mails.map(({ to }) => to).sort()).to.deep.equal(residents(100).sort());
    expect(await states()).to.deep.equal({ sent: 100 });
  });

  it('takes over from a worker that died with its claim, when the lease has ended', async () => {
    const { mails, transport } = keepingTransport(accept);
    await invite(ctx, residents(1));
    const [lost] = await claimDue(ctx, 'a worker that dies', { limit: 1, leaseMs: 60_000 });
    await deliveryBy(ctx, transport).deliverDue();
    expect(mails).to.deep.equal([]);
    ctx.clock.advance(60_001);
    await deliveryBy(ctx, transport).deliverDue();
    expect(mails.map(({ messageId }) => messageId)).to.deep.equal([`${lost!.messageId}@gemeente.example`]);
  });

  it('sends what is due at once when the clock is put forward between two runs', async () => {
    const { mails, transport } = keepingTransport(accept);
    await invite(ctx, residents(2));
    const { deliverDue } = deliveryBy(ctx, transport);
    await deliverDue();
    ctx.clock.advance(7 * 86_400_000);
    expect(await deliverDue()).to.include({ accepted: 2 });
    expect(mails.map(({ subject }) => subject.startsWith('Herinnering'))).to.deep.equal([
      false,
      false,
      true,
      true,
    ]);
    const invitations = await InvitationModel.find().lean();
    expect(
      invitations.map(({ tokens }) => tokens.length),
      'each claimed once a mail',
    ).to.deep.equal([2, 2]);
  });

  it('sends nothing twice when the clock is put forward by an hour while mails are under way', async function () {
    await needsOneStepUpdates(this);
    let letGo = () => {};
    const held = new Promise<void>((end) => {
      letGo = end;
    });
    const slow = keepingTransport(async () => {
      await held;
      await pause(100);
      return { kind: 'accepted' };
    });
    const fast = keepingTransport(accept);
    await invite(ctx, residents(20));
    const one = deliveryBy(ctx, slow.transport, { concurrency: 1 });
    const other = deliveryBy(ctx, fast.transport, { attemptMs: 1_000 });
    const run = one.deliverDue();
    await until(() => slow.mails.length === 1);
    ctx.clock.advance(3_600_000);
    expect(await other.deliverDue(), 'what another talks about').to.include({ accepted: 0 });
    letGo();
    const sent = async () => (await other.deliverDue()) && (await states()).sent === 20;
    await Promise.all([run, until(sent)]);
    const went = [...slow.mails, ...fast.mails].map(({ to }) => to);
    expect(went.sort()).to.deep.equal(residents(20).sort());
    expect(slow.mails, 'what waited goes to who is free').to.have.length(1);
  });

  it('gives unused claims back when it is closed, and lets the mails under way end', async () => {
    const { mails, transport } = keepingTransport(async () => {
      await new Promise((wait) => setTimeout(wait, 30));
      return { kind: 'accepted' };
    });
    await invite(ctx, residents(40));
    const { deliverDue, close } = deliveryBy(ctx, transport, { concurrency: 3 });
    const run = deliverDue();
    while (mails.length === 0) await new Promise((wait) => setTimeout(wait, 1));
    await close();
    const counts = await run;
    expect(counts.accepted).to.equal(mails.length).and.to.be.within(3, 30);
    expect(await states()).to.deep.equal({ sent: counts.accepted, planned: 40 - counts.accepted });
    expect(await InvitationModel.countDocuments({ state: 'planned', attempts: 0 })).to.equal(
      40 - counts.accepted,
    );
  });

  it('breaks off attempts that outlast the grace of a close', async () => {
    const { mails, transport } = keepingTransport(untilAborted);
    await invite(ctx, residents(1));
    const { deliverDue, close } = deliveryBy(ctx, transport, { graceMs: 20 });
    const run = deliverDue();
    while (mails.length === 0) await new Promise((wait) => setTimeout(wait, 1));
    await close();
    expect((await run).retry).to.equal(1);
    expect(await states()).to.deep.equal({ planned: 1 });
  });
});
