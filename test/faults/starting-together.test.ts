import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { openStore } from '../../server/embedded-mongo/index.ts';
import { InvitationModel } from '../../surveys/invitations/model.ts';
import { connectStore, disconnectStore, ensureIndexes, forgetStore } from '../../surveys/store.ts';
import { testContext } from '../support/context.ts';
import { storeSettings } from '../support/mongodb.ts';
import { goldenEar, type ServiceProcess, startServiceProcess } from '../support/service.ts';
import { publishCustomerJourney } from '../surveys/contacts/contact-events.ts';
import { planInvitations } from '../surveys/invitations/planned.ts';

const versions = () => mongoose.connection.collection<{ _id: string; version: number }>('storeVersion');

describe('starting on stored data of another version', () => {
  let dataDir: string;
  let close: () => Promise<void>;
  let env: Record<string, string>;

  before(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'golden-ear-versions-'));
    const server = storeSettings(dataDir);
    const store = server.MONGODB_URI ? undefined : await openStore(dataDir);
    close = async () => store?.close();
    env = { DATA_DIR: dataDir, SECRET_KEY: 'a secret of at least thirty-two characters', ...server };
    await connectStore(server.MONGODB_URI ?? store!.uri);
    await ensureIndexes();
    forgetStore();
    const ctx = testContext();
    await publishCustomerJourney(ctx);
    await planInvitations(ctx, 5);
    // As the first version left them.
    await InvitationModel.updateMany({}, { $set: { state: 'sent' }, $unset: { nextAt: true } });
    await versions().deleteMany({});
  });

  after(async () => {
    await disconnectStore();
    await close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('migrates once where three processes start at the same time', async () => {
    const started = await Promise.allSettled([1, 2, 3].map(() => startServiceProcess(env, ['--no-jobs'])));
    const running = started.flatMap((one): ServiceProcess[] =>
      one.status === 'fulfilled' ? [one.value] : [],
    );
    const told = running.map(({ output }) => output().match(/^Migration .*$/gm) ?? []);
    const codes = await Promise.all(running.map(({ stop }) => stop()));
    expect(codes).to.deep.equal([0, 0, 0]);
    expect(told.flat()).to.have.length(1);
    expect(told.flat()[0]).to.match(/^Migration 1 of \d+: Erase the addresses .*: 5 so far$/);
    expect(await InvitationModel.countDocuments({ address: { $exists: true } })).to.equal(0);
    expect((await versions().findOne())?.version).to.be.above(0);
  });

  it('refuses the data of a newer program with one clear line', async () => {
    await versions().updateOne({}, { $set: { version: 1_000 } });
    const { code, stderr } = await goldenEar(['surveys', 'list'], env);
    expect(code).to.equal(1);
    expect(stderr.trim().split('\n').at(-1)).to.match(
      /^The store is of version 1000; this program knows versions up/,
    );
  });
});
