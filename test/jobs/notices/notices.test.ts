import { expect } from 'chai';
import { sendNotices } from '../../../jobs/notices/index.ts';
import type { Outcome } from '../../../jobs/transport/index.ts';
import { setSendingPaused } from '../../../surveys/invitations/index.ts';
import { putEntry } from '../../../surveys/municipality/index.ts';
import { eraseOldNotices, noticesDue, planNotices } from '../../../surveys/notices/index.ts';
import { NoticeModel } from '../../../surveys/notices/model.ts';
import { testContext } from '../../support/context.ts';
import { keepingTransport } from '../../support/keeping-transport.ts';
import { useStore } from '../../support/store.ts';

const settings = { baseUrl: 'https://luister.gemeente.example', mailFrom: 'vraag@gemeente.example' };

describe('jobs: short mails', () => {
  useStore();
  const ctx = testContext();
  let outcome: Outcome;
  const { mails, transport } = keepingTransport(() => outcome);
  const send = () => sendNotices(ctx, { transport, settings });
  const plan = () => planNotices(ctx, [{ kind: 'callbackAlert', about: 'burgerzaken', once: ['wish'] }]);

  beforeEach(async () => {
    ctx.clock.set('2026-03-10T09:00:00Z');
    mails.length = 0;
    outcome = { kind: 'accepted' };
    await putEntry('department', 'burgerzaken', {
      names: { nl: 'Burgerzaken' },
      email: 'bz@gemeente.example',
    });
  });

  it('go to the department once, however often they are planned and whoever sends them', async () => {
    await plan();
    await Promise.all([send(), send()]);
    await plan();
    await send();
    expect(mails.map(({ to }) => to)).to.deep.equal(['bz@gemeente.example']);
    expect(mails[0]!.text).to.include('https://luister.gemeente.example/callbacks');
    expect(await noticesDue(ctx)).to.equal(false);
  });

  it('are tried again under the same Message-ID when the server is away, and given up when refused', async () => {
    await plan();
    outcome = { kind: 'unavailable', reason: 'ECONNREFUSED' };
    await send();
    outcome = { kind: 'failed', reason: '550' };
    ctx.clock.advance(60_000);
    await send();
    ctx.clock.advance(86_400_000);
    await send();
    expect(mails).to.have.length(2);
    expect(mails[0]!.messageId).to.equal(mails[1]!.messageId);
  });

  it('wait while all mail is stopped', async () => {
    await plan();
    await setSendingPaused(true);
    await send();
    expect(mails).to.deep.equal([]);
    await setSendingPaused(false);
    await send();
    expect(mails).to.have.length(1);
  });

  it('end where the department has no address', async () => {
    await putEntry('department', 'burgerzaken', { names: { nl: 'Burgerzaken' } });
    await plan();
    expect(await send()).to.equal(1);
    expect(mails).to.deep.equal([]);
    expect(await noticesDue(ctx)).to.equal(false);
  });

  it('are forgotten after a month', async () => {
    await plan();
    await send();
    ctx.clock.advance(32 * 86_400_000);
    expect(await eraseOldNotices(ctx)).to.equal(1);
    expect(await NoticeModel.countDocuments()).to.equal(0);
  });
});
