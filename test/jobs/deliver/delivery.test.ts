import { expect } from 'chai';
import type { Mail, Outcome } from '../../../jobs/transport/index.ts';
import { smtpTransport } from '../../../jobs/transport/smtp.ts';
import { recordContacts } from '../../../surveys/contacts/index.ts';
import { findByToken, InvitationModel, setSendingPaused } from '../../../surveys/invitations/index.ts';
import { openOptOutToken } from '../../../surveys/recipients/index.ts';
import { testContext } from '../../support/context.ts';
import { accept, keepingTransport } from '../../support/keeping-transport.ts';
import { reply, startMailServer } from '../../support/smtp.ts';
import { useStore } from '../../support/store.ts';
import { deliveryBy, states, untilAborted } from './deliveries.ts';
import { invite, type MovingContext, residents } from './invite.ts';

const noor = 'noor@inwoners.example';

const tokenIn = (mail: Mail) => /\/s\/([\w-]{32})\n/.exec(mail.text)![1]!;

describe('jobs/deliver', () => {
  useStore();
  let ctx: MovingContext;

  beforeEach(() => {
    ctx = testContext();
  });

  it('sends what is due over SMTP, with links that work, once', async () => {
    const server = await startMailServer();
    const transport = smtpTransport({ url: server.url });
    await invite(ctx, residents(5));
    const { deliverDue } = deliveryBy(ctx, transport);
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

  it('gives claims back unused while nobody can tell the pace, and ends its run', async () => {
    const { mails, transport } = keepingTransport(accept);
    await invite(ctx, residents(20));
    let places = 5;
    const { deliverDue } = deliveryBy(ctx, transport, { pace: async () => places-- > 0 });
    expect(await deliverDue()).to.include({ accepted: 5 });
    expect(mails).to.have.length(5);
    expect(await states()).to.deep.equal({ sent: 5, planned: 15 });
    expect(await InvitationModel.countDocuments({ state: 'planned', attempts: 0 })).to.equal(15);
  });

  it('names the department and the channel as the municipality does, in the language of the resident', async () => {
    const { mails, transport } = keepingTransport(accept);
    await invite(ctx, [noor], { language: 'en' });
    await deliveryBy(ctx, transport).deliverDue();
    expect(mails[0]!.text).to.match(/^About: burgerzaken$/im);
    expect(mails[0]!.text).to.include('Contact by: Counter');
    expect(mails[0]!.subject).to.equal('How was your contact with Gemeente Voorbeeld?');
  });

  it('waits for the office to open', async () => {
    const { mails, transport } = keepingTransport(accept);
    await invite(ctx, [noor]);
    ctx.clock.set('2026-03-13T16:30:00Z');
    expect((await deliveryBy(ctx, transport).deliverDue()).accepted).to.equal(0);
    ctx.clock.set('2026-03-16T08:00:00Z');
    expect((await deliveryBy(ctx, transport).deliverDue()).accepted).to.equal(1);
    expect(mails).to.have.length(1);
  });

  it('sends nothing while sending is paused', async () => {
    const { mails, transport } = keepingTransport(accept);
    await invite(ctx, [noor]);
    await setSendingPaused(true);
    await deliveryBy(ctx, transport).deliverDue();
    expect(mails).to.deep.equal([]);
    await setSendingPaused(false);
    await deliveryBy(ctx, transport).deliverDue();
    expect(mails).to.have.length(1);
  });

  it('tries again later after a temporary fault: the same Message-ID, a fresh link, and both links open it', async () => {
    const outcomes: Outcome[] = [{ kind: 'retry', reason: '450 4.7.1' }, { kind: 'accepted' }];
    const { mails, transport } = keepingTransport(() => outcomes.shift()!);
    await invite(ctx, [noor]);
    const { deliverDue } = deliveryBy(ctx, transport);
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
    expect((await deliveryBy(ctx, transport).deliverDue()).bounced).to.equal(1);
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
    await deliveryBy(ctx, transport).deliverDue();
    expect(await states()).to.deep.equal({ failed: 1 });
  });

  it('spends few attempts on a mail server that is down, and sends all once it is back', async () => {
    let down = true;
    const { mails, transport } = keepingTransport(() =>
      down ? { kind: 'unavailable', reason: 'ECONNECTION' } : { kind: 'accepted' },
    );
    await invite(ctx, residents(60));
    await deliveryBy(ctx, transport, { concurrency: 4 }).deliverDue();
    expect(mails.length).to.be.at.most(4);
    const untried = await InvitationModel.countDocuments({ state: 'planned', attempts: 0 });
    expect(untried).to.be.at.least(56);
    down = false;
    ctx.clock.advance(60 * 60_000);
    await deliveryBy(ctx, transport).deliverDue();
    expect(await states()).to.deep.equal({ sent: 60 });
  });

  it('breaks off an attempt that takes too long, and tries it again later', async () => {
    const { transport } = keepingTransport(untilAborted);
    await invite(ctx, [noor]);
    expect((await deliveryBy(ctx, transport, { attemptMs: 30 }).deliverDue()).retry).to.equal(1);
    expect(await states()).to.deep.equal({ planned: 1 });
  });

  it('lets one mail that can not be made hold up no other', async () => {
    const { mails, transport } = keepingTransport(accept);
    await invite(ctx, [noor, ...residents(3)]);
    const [one] = await InvitationModel.find().lean();
    await InvitationModel.updateOne({ _id: one!._id }, { $set: { version: 99 } });
    await deliveryBy(ctx, transport).deliverDue();
    expect(mails).to.have.length(3);
    expect(await states()).to.deep.equal({ sent: 3, planned: 1 });
  });
});
