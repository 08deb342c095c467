import { expect } from 'chai';
import { pino } from 'pino';
import { imapMailbox, readBounces } from '../../../jobs/bounces/index.ts';
import { recordContacts } from '../../../surveys/contacts/index.ts';
import { claimDue, recordSent } from '../../../surveys/invitations/index.ts';
import { InvitationModel } from '../../../surveys/invitations/model.ts';
import { refusedAmong } from '../../../surveys/recipients/index.ts';
import { submitAnswers } from '../../../surveys/responses/index.ts';
import { testContext } from '../../support/context.ts';
import { useStore } from '../../support/store.ts';
import { invite, type MovingContext, residents } from '../deliver/invite.ts';
import { startImapServer } from './imap-server.ts';
import { bareReport, exchangeReport, outOfOffice, postfixReport } from './reports.ts';

describe('jobs/bounces: the mailbox', () => {
  useStore();
  let ctx: MovingContext;
  let imap: Awaited<ReturnType<typeof startImapServer>>;
  const lines: string[] = [];

  beforeEach(async () => {
    lines.length = 0;
    ctx = { ...testContext(), log: pino({ base: null }, { write: (line: string) => lines.push(line) }) };
    imap = await startImapServer();
  });
  afterEach(() => imap.close());

  const read = () => readBounces(ctx, imapMailbox(imap.url));

  /** Sends mails to so many residents. */
  async function sent(count: number) {
    await invite(ctx, residents(count));
    const claims = await claimDue(ctx, 'worker', { limit: count, leaseMs: 60_000 });
    for (const claim of claims) await recordSent(claim);
    return claims.map((claim) => ({
      ...claim,
      messageId: `${claim.messageId}@luister.example`,
      key: claim.messageId,
    }));
  }
  const stateOf = async (id: string) => (await InvitationModel.findById(id).lean())?.state;
  const isRefused = async (hash: string) => (await refusedAmong([hash])).bounced.has(hash);

  it('records what came back for good, never tries the address again, and deletes the report', async () => {
    const [one, other, third, untouched] = await sent(4);
    imap.deliver(postfixReport(one!));
    imap.deliver(exchangeReport(other!));
    imap.deliver(bareReport({ to: `bounces+${third!.key}@luister.example` }));
    expect(await read()).to.deep.equal({ bounced: 3, temporary: 0, unmatched: 0, other: 0 });
    for (const { id, addressHash } of [one!, other!, third!]) {
      expect(await stateOf(id)).to.equal('bounced');
      expect(await isRefused(addressHash)).to.equal(true);
    }
    expect(await InvitationModel.findById(one!.id).lean()).not.to.have.any.keys(
      'address',
      'addressHash',
      'mails',
    );
    expect(await stateOf(untouched!.id)).to.equal('sent');
    expect(imap.mails()).to.deep.equal([]);
    const [again] = await recordContacts(ctx, [
      {
        ...{ source: 'balie', id: 'later', occurredAt: ctx.clock.now().toISOString() },
        ...{ department: 'parkeren', channel: 'counter', recipient: { email: one!.address } },
      },
    ]);
    expect(again).to.include({ decision: 'skipped', reason: 'bouncedBefore' });
  });

  it('changes nothing for what is only late, and keeps an address that was refused for reasons of policy', async () => {
    const [late, full, policy] = await sent(3);
    imap.deliver(postfixReport({ ...late!, action: 'delayed', status: '4.4.1' }));
    imap.deliver(postfixReport({ ...full!, action: 'failed', status: '4.2.2' }));
    imap.deliver(postfixReport({ ...policy!, status: '5.7.1' }));
    expect(await read()).to.deep.equal({ bounced: 1, temporary: 2, unmatched: 0, other: 0 });
    expect([await stateOf(late!.id), await stateOf(full!.id)]).to.deep.equal(['sent', 'sent']);
    expect(await stateOf(policy!.id)).to.equal('bounced');
    for (const { addressHash } of [late!, full!, policy!])
      expect(await isRefused(addressHash)).to.equal(false);
  });

  it('knows the reminder too', async () => {
    const [first] = await sent(1);
    ctx.clock.advance(7 * 86_400_000);
    const [reminder] = await claimDue(ctx, 'worker', { limit: 1, leaseMs: 60_000 });
    await recordSent(reminder!);
    imap.deliver(postfixReport({ messageId: `${reminder!.messageId}@luister.example` }));
    expect(await read()).to.include({ bounced: 1 });
    expect(await stateOf(first!.id)).to.equal('bounced');
  });

  it('counts what is no mail of ours, and who answered keeps their answer and their address', async () => {
    const [answered] = await sent(1);
    await submitAnswers(ctx, answered!.token, { overall: 8 });
    imap.deliver(postfixReport(answered!));
    imap.deliver(postfixReport({ messageId: `${'0'.repeat(32)}@luister.example` }));
    imap.deliver(postfixReport({ messageId: 'iets.anders@elders.example' }));
    expect(await read()).to.deep.equal({ bounced: 0, temporary: 0, unmatched: 3, other: 0 });
    expect(await stateOf(answered!.id)).to.equal('answered');
    expect(await isRefused(answered!.addressHash)).to.equal(false);
  });

  it('leaves other mail to people, marked as seen, and does not look at it again', async () => {
    imap.deliver(outOfOffice);
    expect(await read()).to.include({ other: 1 });
    expect(imap.mails()).to.deep.equal([
      { subject: 'Afwezig: Hoe ging uw contact met Gemeente Voorbeeld?', seen: true },
    ]);
    expect(await read()).to.include({ other: 0 });
  });

  it('meets a report again when the process died before it was deleted: with the same effect', async () => {
    const [one] = await sent(1);
    imap.deliver(postfixReport(one!));
    imap.deliver(postfixReport(one!));
    expect(await read()).to.include({ bounced: 1, unmatched: 1 });
    expect(await isRefused(one!.addressHash)).to.equal(true);
  });

  it('rejects when the mailbox can not be reached or refuses the password, and tells neither', async () => {
    const wrong = imap.url.replace('ge%3Aheim', 'fout');
    const failure = await readBounces(ctx, imapMailbox(wrong)).catch((error: Error) => error);
    expect(failure).to.be.instanceOf(Error);
    await imap.close();
    expect(await read().catch((error: Error) => error)).to.be.instanceOf(Error);
    imap = await startImapServer();
    expect(lines.join()).not.to.match(/fout|heim|inwoner/);
  });
});
