import { expect } from 'chai';
import { sendNotices } from '../../../jobs/notices/index.ts';
import type { Outcome, Transport } from '../../../jobs/transport/index.ts';
import { endAction, planAction } from '../../../surveys/actions/index.ts';
import { handleWish, openWishes, recordWish } from '../../../surveys/callbacks/index.ts';
import { mintToken, setSendingPaused } from '../../../surveys/invitations/index.ts';
import { putEntry } from '../../../surveys/municipality/index.ts';
import { digestsDue, overdueWork, planDigests } from '../../../surveys/overdue/index.ts';
import { testContext } from '../../support/context.ts';
import { keepingTransport } from '../../support/keeping-transport.ts';
import { useStore } from '../../support/store.ts';

const settings = { baseUrl: 'https://luister.gemeente.example', mailFrom: 'vraag@gemeente.example' };
const department = 'burgerzaken';

describe('jobs: what is overdue, told to departments', () => {
  useStore();
  const ctx = testContext();
  let outcome: Outcome;
  const { mails, transport } = keepingTransport(() => outcome);
  /** What two workers do when the reconciler has looked. */
  const work = async () => {
    const one = async () => {
      if (await digestsDue(ctx)) await planDigests(ctx);
      await sendNotices(ctx, { transport, settings });
    };
    await Promise.all([one(), one()]);
  };

  beforeEach(async () => {
    // A Thursday: what is planned then is overdue on Monday the ninth.
    ctx.clock.set('2026-03-05T09:00:00Z');
    mails.length = 0;
    outcome = { kind: 'accepted' };
    await putEntry('department', department, { names: { nl: 'Burgerzaken' }, email: 'bz@gemeente.example' });
  });

  const wish = (of = department) =>
    recordWish(
      ctx,
      mintToken(),
      { department: of, number: '+31612345678' },
      { workingDays: 1, urgentUpTo: 3 },
    );
  const action = (of = department) =>
    planAction(ctx, {
      department: of,
      signal: { kind: 'cell', month: '2026-02', about: 'Lange wachttijd' },
      what: 'Avondopening',
      owner: 'Eva Jansen',
      by: '2026-03-06',
    });

  it('one mail a working day, however many look, with counts and links and nothing of anybody', async () => {
    await wish();
    await wish();
    await action();
    await work();
    expect(mails, 'all is in time').to.deep.equal([]);
    ctx.clock.set('2026-03-09T08:00:00Z');
    await work();
    await work();
    ctx.clock.set('2026-03-09T15:59:00Z');
    await work();
    expect(mails.map(({ to }) => to)).to.deep.equal(['bz@gemeente.example']);
    const { text = '', html = '' } = mails[0]!;
    expect(text).to.include('2 inwoners zijn nog niet gebeld').and.include('1 actie had al klaar');
    expect(text).to.include('Open de terugbellijst').and.include('Hier vindt u de lijst van acties');
    for (const part of [text, html]) {
      expect(part).to.include(`${settings.baseUrl}/callbacks`).and.include(`${settings.baseUrl}/actions`);
      expect(part).not.to.match(/612345678|Eva|Jansen|Avondopening|wachttijd/);
    }
    ctx.clock.set('2026-03-10T08:00:00Z');
    await work();
    expect(mails, 'the next day').to.have.length(2);
    expect(mails[0]!.messageId).not.to.equal(mails[1]!.messageId);
  });

  it('in office hours only, and not on holidays', async () => {
    await action();
    for (const closed of [
      '2026-03-07T11:00:00Z', // a Saturday
      '2026-03-09T07:59:00Z', // a minute to nine in Amsterdam
      '2026-03-09T16:00:00Z', // five o'clock
      '2026-04-06T10:00:00Z', // Easter Monday
    ]) {
      ctx.clock.set(closed);
      expect(await digestsDue(ctx), closed).to.equal(false);
    }
    ctx.clock.set('2026-04-07T07:00:00Z');
    expect(await digestsDue(ctx), 'nine in summer time').to.equal(true);
  });

  it('each department its own; none where there is no address, and none of what was ended', async () => {
    await putEntry('department', 'werk', { names: { nl: 'Werk' }, email: 'werk@gemeente.example' });
    await putEntry('department', 'balie', { names: { nl: 'Balie' } });
    const { _id } = await action();
    await action('werk');
    await action('balie');
    await wish('balie');
    await endAction(ctx, _id, 'stopped');
    ctx.clock.set('2026-03-09T10:00:00Z');
    expect(await overdueWork(ctx)).to.deep.equal(
      new Map([
        ['balie', { callbacks: 1, actions: 1 }],
        ['werk', { callbacks: 0, actions: 1 }],
      ]),
    );
    await work();
    expect(mails.map(({ to }) => to)).to.deep.equal(['werk@gemeente.example']);
    expect(mails[0]!.text).to.include(`${settings.baseUrl}/actions`).and.not.include('/callbacks');
    expect(await digestsDue(ctx)).to.equal(false);
  });

  it('none when all was done before the mail went', async () => {
    await wish();
    ctx.clock.set('2026-03-09T10:00:00Z');
    await planDigests(ctx);
    await handleWish(ctx, (await openWishes(ctx))[0]!.id);
    await work();
    expect(mails).to.deep.equal([]);
  });

  it('one on the day after the mail server was away or all mail was stopped, not one for each day', async () => {
    await wish();
    outcome = { kind: 'unavailable', reason: 'ECONNREFUSED' };
    ctx.clock.set('2026-03-09T15:55:00Z');
    await work();
    expect(mails, 'tried, not taken').to.have.length(1);
    ctx.clock.set('2026-03-09T17:00:00Z');
    await work();
    expect(mails, 'not in the evening').to.have.length(1);
    await setSendingPaused(true);
    ctx.clock.set('2026-03-10T10:00:00Z');
    await work();
    await setSendingPaused(false);
    outcome = { kind: 'accepted' };
    ctx.clock.set('2026-03-11T10:00:00Z');
    await work();
    expect(mails).to.have.length(2);
  });

  it('goes again, under its Message-ID, when a worker died before it was sent', async () => {
    await action();
    ctx.clock.set('2026-03-09T10:00:00Z');
    await planDigests(ctx);
    const dies: Transport = { ...transport, send: () => Promise.reject(new Error('killed')) };
    const run = sendNotices(ctx, { transport: dies, settings });
    await run.catch(() => {});
    await work();
    expect(mails, 'claimed by the dead one').to.deep.equal([]);
    ctx.clock.advance(6 * 60_000);
    await work();
    await work();
    expect(mails).to.have.length(1);
  });
});
