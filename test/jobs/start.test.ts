import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { startJobs } from '../../jobs/start.ts';
import { openTransport, outboxDirectory, readOutbox, type Transport } from '../../jobs/transport/index.ts';
import { CellModel } from '../../surveys/aggregates/cells.ts';
import { newestRelease } from '../../surveys/aggregates/index.ts';
import { InvitationModel } from '../../surveys/invitations/index.ts';
import { submitAnswers } from '../../surveys/responses/index.ts';
import { testContext } from '../support/context.ts';
import { machineIsFree } from '../support/machine.ts';
import { useStore } from '../support/store.ts';
import { until } from '../support/until.ts';
import { invite, type MovingContext, residents } from './deliver/invite.ts';

const settings = { baseUrl: 'https://luister.gemeente.example', mailFrom: 'vraag@gemeente.example' };

describe('jobs: all that happens later', () => {
  useStore();
  let ctx: MovingContext;
  let dataDir: string;
  let transport: Transport;

  beforeEach(() => {
    ctx = testContext();
    dataDir = mkdtempSync(join(tmpdir(), 'golden-ear-jobs-'));
    transport = openTransport({ smtpUrl: undefined, dataDir });
  });

  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  const outbox = () => readOutbox(outboxDirectory(dataDir));

  it('sends by itself what became due, and counts an answer within a second', async () => {
    await invite(ctx, residents(3));
    const jobs = startJobs(ctx, { transport, settings, intervals: { deliver: 50 } });
    try {
      await until(async () => (await outbox()).length === 3);
      const token = /\/s\/([\w-]{32})/.exec((await outbox())[0]!.text)![1]!;
      await submitAnswers(ctx, token, { overall: 8 });
      const waited = await until(async () => (await CellModel.countDocuments({ n: 1 })) === 1);
      if (machineIsFree()) expect(waited).to.be.below(1_000);
    } finally {
      await jobs.close();
    }
  });

  it('finds everything again after it was stopped', async () => {
    await startJobs(ctx, { transport, settings }).close();
    await invite(ctx, residents(3));
    const jobs = startJobs(ctx, { transport: openTransport({ smtpUrl: undefined, dataDir }), settings });
    await until(async () => (await outbox()).length === 3);
    await jobs.close();
  });

  it('releases once a day', async () => {
    await invite(ctx, residents(1));
    const jobs = startJobs(ctx, { transport, settings, intervals: { release: 20 } });
    try {
      const number = async () => (await newestRelease('customer-journey'))?.number ?? 0;
      await until(async () => (await number()) === 1);
      await new Promise((wait) => setTimeout(wait, 200));
      expect(await number()).to.equal(1);
      ctx.clock.advance(86_400_000);
      await until(async () => (await number()) === 2);
    } finally {
      await jobs.close();
    }
  });

  it('ends invitations whose time is over', async () => {
    await invite(ctx, residents(2));
    ctx.clock.advance(40 * 86_400_000);
    const jobs = startJobs(ctx, { transport, settings, intervals: { expire: 20 } });
    await until(async () => (await InvitationModel.countDocuments({ state: 'expired' })) === 2);
    await jobs.close();
    expect(await outbox()).to.deep.equal([]);
  });

  it('does at once what is due when drained', async () => {
    await invite(ctx, residents(2));
    const hour = 3_600_000;
    const intervals = { deliver: hour, expire: hour, rollUp: hour, release: hour };
    const jobs = startJobs(ctx, { transport, settings, intervals });
    await jobs.drain();
    expect(await outbox()).to.have.length(2);
    await jobs.close();
  });
});
