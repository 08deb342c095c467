import { expect } from 'chai';
import { createDelivery, type DeliveryOptions } from '../../../jobs/deliver/index.ts';
import type { Mail, Outcome, Transport } from '../../../jobs/transport/index.ts';
import { smtpTransport } from '../../../jobs/transport/smtp.ts';
import { recordContacts } from '../../../surveys/contacts/index.ts';
import {
  claimDue,
  findByToken,
  InvitationModel,
  setSendingPaused,
} from '../../../surveys/invitations/index.ts';
import { openOptOutToken } from '../../../surveys/recipients/index.ts';
import { testContext } from '../../support/context.ts';
import { needsOneStepUpdates } from '../../support/mongodb.ts';
import { reply, startMailServer } from '../../support/smtp.ts';
import { useStore } from '../../support/store.ts';
import { pause, until } from '../../support/until.ts';
import { invite, type MovingContext, residents } from './invite.ts';

const settings = { baseUrl: 'https://luister.gemeente.example', mailFrom: 'vraag@gemeente.example' };
const noor = 'noor@inwoners.example';

/** A transport that keeps what it is given and answers as told. */
function keepingTransport(answer: (mail: Mail, signal?: AbortSignal) => Outcome | Promise<Outcome>) {
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

const accept = (): Outcome => ({ kind: 'accepted' });
const tokenIn = (mail: Mail) => /\/s\/([\w-]{32})\n/.exec(mail.text)![1]!;

describe('jobs/deliver', () => {
  useStore();
  let ctx: MovingContext;

  beforeEach(() => {
    ctx = testContext();
  });

  function delivery(transport: Transport, options: Partial<DeliveryOptions> = {}) {
    return createDelivery(ctx, { transport, settings, random: () => 0, ...options });
  }

  async function states(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { state } of await InvitationModel.find().lean()) counts[state] = (counts[state] ?? 0) + 1;
    return counts;
  }

  it('sends what is due over SMTP, with links that work, once', async () => {
    const server = await startMailServer();
    const transport = smtpTransport({ url: server.url });
    await invite(ctx, residents(5));
    const { deliverDue } = delivery(transport);
    expect(await deliverDue()).to.include({ accepted: 5, retry: 0, bounced: 0 });
    expect(await deliverDue()).to.include({ accepted: 0 });
    await transport.close();
    await server.close();

    expect(server.received.flatMap(({ to }) => to)).to.have.members(residents(5));
    expect(await states()).to.deep.equal({ sent: 5 });
    for (const { mail } of server.received) {
      const token = /https:\/\/luister\.gemeente\.example\/s\/([\w-]{32})/.exec(mail.text!)![1]!;
      expect(await findByToken(ctx, token)).to.include({
        department: 'burgerzaken',
        answered: 'no',
        open: true,
      });
      const header = mail.headers.find(({ key }) => key === 'list-unsubscribe')!.value;
      expect(openOptOutToken(ctx.keys, /\/o\/([\w-]+)>$/.exec(header)![1]!)).to.be.a('string');
    }
    expect(new Set(server.received.map(({ mail }) => mail.messageId)).size).to.equal(5);
  });

  it('shares what is due with another worker, each mail with one of them', async function () {
    await needsOneStepUpdates(this);
    const sinks = [keepingTransport(accept), keepingTransport(accept)];
    await invite(ctx, residents(200));
    const workers = sinks.map(({ transport }) => delivery(transport, { batch: 10 }));
    expect(await workers[0]!.batchesDue()).to.equal(20);
    const delivered = await Promise.all(workers.map((worker) => worker.deliverDue()));
    expect(delivered[0]!.accepted + delivered[1]!.accepted).to.equal(200);
    for (const { accepted } of delivered) expect(accepted).to.be.above(40);
    const sent = sinks.flatMap(({ mails }) => mails.map(({ to }) => to));
    expect(sent).to.have.members(residents(200));
    expect(await workers[0]!.batchesDue()).to.equal(0);
  });

  it('gives claims back unused while nobody can tell the pace, and ends its run', async () => {
    const { mails, transport } = keepingTransport(accept);
    await invite(ctx, residents(20));
    let places = 5;
    const { deliverDue } = delivery(transport, { pace: async () => places-- > 0 });
    expect(await deliverDue()).to.include({ accepted: 5 });
    expect(mails).to.have.length(5);
    expect(await states()).to.deep.equal({ sent: 5, planned: 15 });
    expect(await InvitationModel.countDocuments({ state: 'planned', attempts: 0 })).to.equal(15);
  });

  it('names the department and the channel as the municipality does, in the language of the resident', async () => {
    const { mails, transport } = keepingTransport(accept);
    await invite(ctx, [noor], { language: 'en' });
    await delivery(transport).deliverDue();
    expect(mails[0]!.text).to.match(/^About: burgerzaken$/im);
    expect(mails[0]!.text).to.include('Contact by: Counter');
    expect(mails[0]!.subject).to.equal('How was your contact with Gemeente Voorbeeld?');
  });

  it('waits for the office to open', async () => {
    const { mails, transport } = keepingTransport(accept);
    await invite(ctx, [noor]);
    ctx.clock.set('2026-03-13T16:30:00Z');
    expect((await delivery(transport).deliverDue()).accepted).to.equal(0);
    ctx.clock.set('2026-03-16T08:00:00Z');
    expect((await delivery(transport).deliverDue()).accepted).to.equal(1);
    expect(mails).to.have.length(1);
  });

  it('sends nothing while sending is paused', async () => {
    const { mails, transport } = keepingTransport(accept);
    await invite(ctx, [noor]);
    await setSendingPaused(true);
    await delivery(transport).deliverDue();
    expect(mails).to.deep.equal([]);
    await setSendingPaused(false);
    await delivery(transport).deliverDue();
    expect(mails).to.have.length(1);
  });

  it('tries again later after a temporary fault: the same Message-ID, a fresh link, and both links open it', async () => {
    const outcomes: Outcome[] = [{ kind: 'retry', reason: '450 4.7.1' }, { kind: 'accepted' }];
    const { mails, transport } = keepingTransport(() => outcomes.shift()!);
    await invite(ctx, [noor]);
    const { deliverDue } = delivery(transport);
    await deliverDue();
    expect(await states()).to.deep.equal({ planned: 1 });
    await deliverDue();
    expect(mails, 'not before its time').to.have.length(1);
    ctx.clock.advance(10 * 60_000);
    await deliverDue();
    expect(await states()).to.deep.equal({ sent: 1 });
    const [first, second] = mails;
    expect(second!.messageId).to.equal(first!.messageId);
    expect(tokenIn(second!)).not.to.equal(tokenIn(first!));
    for (const mail of mails) expect(await findByToken(ctx, tokenIn(mail))).to.include({ open: true });
  });

  it('remembers an address that does not exist and never tries it again', async () => {
    const server = await startMailServer({
      onRcptTo: (_to, _session, done) => done(reply(550, '5.1.1 Unknown')),
    });
    const transport = smtpTransport({ url: server.url });
    await invite(ctx, [noor]);
    expect((await delivery(transport).deliverDue()).bounced).to.equal(1);
    await transport.close();
    await server.close();
    const [bounced] = await InvitationModel.find().lean();
    expect(bounced).to.include({ state: 'bounced' });
    expect(bounced).not.to.have.property('address');
    ctx.clock.advance(100 * 86_400_000);
    const [again] = await recordContacts(ctx, [
      {
        source: 'balie',
        id: 'another',
        occurredAt: ctx.clock.now().toISOString(),
        department: 'burgerzaken',
        channel: 'counter',
        recipient: { email: noor },
      },
    ]);
    expect(again).to.include({ decision: 'skipped', reason: 'bouncedBefore' });
  });

  it('ends an invitation whose mail is refused for good, without blaming the address', async () => {
    const { transport } = keepingTransport(() => ({ kind: 'failed', reason: '554' }));
    await invite(ctx, [noor]);
    await delivery(transport).deliverDue();
    expect(await states()).to.deep.equal({ failed: 1 });
  });

  it('spends few attempts on a mail server that is down, and sends all once it is back', async () => {
    let down = true;
    const { mails, transport } = keepingTransport(() =>
      down ? { kind: 'unavailable', reason: 'ECONNECTION' } : { kind: 'accepted' },
    );
    await invite(ctx, residents(60));
    await delivery(transport, { concurrency: 4 }).deliverDue();
    expect(mails.length).to.be.at.most(4);
    const untried = await InvitationModel.countDocuments({ state: 'planned', attempts: 0 });
    expect(untried).to.be.at.least(56);
    down = false;
    ctx.clock.advance(60 * 60_000);
    await delivery(transport).deliverDue();
    expect(await states()).to.deep.equal({ sent: 60 });
  });

  it('breaks off an attempt that takes too long, and tries it again later', async () => {
    const { transport } = keepingTransport(
      (_mail, signal) =>
        new Promise((end) =>
          signal!.addEventListener('abort', () => end({ kind: 'retry', reason: 'EABORT' })),
        ),
    );
    await invite(ctx, [noor]);
    expect((await delivery(transport, { attemptMs: 30 }).deliverDue()).retry).to.equal(1);
    expect(await states()).to.deep.equal({ planned: 1 });
  });

  it('keeps two workers apart: each mail goes once', async function () {
    await needsOneStepUpdates(this);
    const { mails, transport } = keepingTransport(async () => {
      await new Promise((wait) => setTimeout(wait, 2));
      return { kind: 'accepted' };
    });
    await invite(ctx, residents(100));
    const options = { batch: 10, concurrency: 5 };
    await Promise.all([delivery(transport, options).deliverDue(), delivery(transport, options).deliverDue()]);
    for (let left = 3; left > 0; left -= 1) await delivery(transport).deliverDue();
    expect(mails.map(({ to }) => to).sort()).to.deep.equal(residents(100).sort());
    expect(await states()).to.deep.equal({ sent: 100 });
  });

  it('takes over from a worker that died with its claim, when the lease has ended', async () => {
    const { mails, transport } = keepingTransport(accept);
    await invite(ctx, [noor]);
    const [lost] = await claimDue(ctx, 'a worker that dies', { limit: 1, leaseMs: 60_000 });
    await delivery(transport).deliverDue();
    expect(mails).to.deep.equal([]);
    ctx.clock.advance(60_001);
    await delivery(transport).deliverDue();
    expect(mails.map(({ messageId }) => messageId)).to.deep.equal([`${lost!.messageId}@gemeente.example`]);
  });

  it('sends what is due at once when the clock is put forward between two runs', async () => {
    const { mails, transport } = keepingTransport(accept);
    await invite(ctx, residents(2));
    const { deliverDue } = delivery(transport);
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
    const one = delivery(slow.transport, { concurrency: 1 });
    const other = delivery(fast.transport, { attemptMs: 1_000 });
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
    const { deliverDue, close } = delivery(transport, { concurrency: 3 });
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
    const { mails, transport } = keepingTransport(
      (_mail, signal) =>
        new Promise((end) =>
          signal!.addEventListener('abort', () => end({ kind: 'retry', reason: 'EABORT' })),
        ),
    );
    await invite(ctx, [noor]);
    const { deliverDue, close } = delivery(transport, { graceMs: 20 });
    const run = deliverDue();
    while (mails.length === 0) await new Promise((wait) => setTimeout(wait, 1));
    await close();
    expect((await run).retry).to.equal(1);
    expect(await states()).to.deep.equal({ planned: 1 });
  });

  it('lets one mail that can not be made hold up no other', async () => {
    const { mails, transport } = keepingTransport(accept);
    await invite(ctx, [noor, ...residents(3)]);
    const [one] = await InvitationModel.find().lean();
    await InvitationModel.updateOne({ _id: one!._id }, { $set: { version: 99 } });
    await delivery(transport).deliverDue();
    expect(mails).to.have.length(3);
    expect(await states()).to.deep.equal({ sent: 3, planned: 1 });
  });
});
