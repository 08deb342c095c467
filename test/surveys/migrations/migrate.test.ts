import { expect } from 'chai';
import mongoose, { type mongo } from 'mongoose';
import { InvitationModel } from '../../../surveys/invitations/model.ts';
import { acquireLease } from '../../../surveys/leases.ts';
import { type Migration, migrateStore, refuseNewerStore } from '../../../surveys/migrations/index.ts';
import { testContext } from '../../support/context.ts';
import { useStore } from '../../support/store.ts';
import { publishCustomerJourney } from '../contacts/contact-events.ts';
import { planInvitations } from '../invitations/planned.ts';

const records = (db: mongo.Db) => db.collection<{ _id: string; n: number }>('migrationRecords');
const add = (_id: string): Migration => ({
  title: `add ${_id}`,
  async run(db, report) {
    await records(db).updateOne({ _id }, { $inc: { n: 1 } }, { upsert: true });
    report(1);
  },
});
const stored = async () => {
  const found = await records(mongoose.connection.db!).find().sort({ _id: 1 }).toArray();
  return found.map(({ _id, n }) => `${_id} ${n}`);
};
const failure = (act: Promise<unknown>) =>
  act.then(
    () => undefined,
    (error: Error) => error.message,
  );

describe('migrations', () => {
  useStore();
  beforeEach(async () => {
    await records(mongoose.connection.db!).deleteMany({});
  });

  it('are taken once each, in order, and told about', async () => {
    const lines: string[] = [];
    const onProgress = (line: string) => lines.push(line);
    await migrateStore({ migrations: [add('a')], onProgress });
    await migrateStore({ migrations: [add('a'), add('b'), add('c')], onProgress });
    await migrateStore({ migrations: [add('a'), add('b'), add('c')], onProgress });
    expect(await stored()).to.deep.equal(['a 1', 'b 1', 'c 1']);
    expect(lines).to.deep.equal([
      'Migration 1 of 1: add a: 1 so far',
      'Migration 2 of 3: add b: 1 so far',
      'Migration 3 of 3: add c: 1 so far',
    ]);
  });

  it('are taken once when many ask at the same time; who asks second is answered when all is done', async () => {
    const slow: Migration = {
      title: 'slow',
      async run(db, report) {
        await new Promise((resolve) => setTimeout(resolve, 150));
        await add('slow').run(db, report);
      },
    };
    const migrations = [add('a'), slow, add('z')];
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        await migrateStore({ migrations });
        expect(await stored()).to.deep.equal(['a 1', 'slow 1', 'z 1']);
      }),
    );
  });

  it('are taken again where a process died in them, and no further than they came', async () => {
    let deaths = 0;
    const dying: Migration = {
      title: 'dies once',
      async run(db, report) {
        await add('b').run(db, report);
        deaths += 1;
        if (deaths === 1) throw new Error('power cut');
      },
    };
    const migrations = [add('a'), dying, add('c')];
    expect(await failure(migrateStore({ migrations }))).to.equal('power cut');
    expect(await stored()).to.deep.equal(['a 1', 'b 1']);
    await migrateStore({ migrations });
    expect(await stored()).to.deep.equal(['a 1', 'b 2', 'c 1']);
  });

  it('wait for a process that is at it, until its lease ends', async () => {
    const clock = { now: () => new Date() };
    const begin = performance.now();
    await acquireLease('migration', 'a process that was killed', clock, 400);
    await migrateStore({ migrations: [add('a')] });
    expect(performance.now() - begin).to.be.at.least(399);
    expect(await stored()).to.deep.equal(['a 1']);
  });

  it('refuse a store of a newer program, with both versions, and change nothing', async () => {
    await migrateStore({ migrations: [add('a'), add('b'), add('c')] });
    const message = await failure(migrateStore({ migrations: [add('a'), add('x')] }));
    expect(message).to.match(
      /^The store is of version 3; this program knows versions up to 2\. Start the newer/,
    );
    expect(await failure(refuseNewerStore([add('a')]))).to.match(/version 3; .* up to 1/);
    expect(await stored()).to.deep.equal(['a 1', 'b 1', 'c 1']);
  });

  it('erase the addresses that were kept for reminders that never come', async () => {
    const ctx = testContext();
    await publishCustomerJourney(ctx);
    await planInvitations(ctx, 3);
    const [planned, reminded, old] = await InvitationModel.find().lean();
    await InvitationModel.updateOne({ _id: reminded!._id }, { $set: { state: 'sent' } });
    await InvitationModel.updateOne({ _id: old!._id }, { $set: { state: 'sent' }, $unset: { nextAt: true } });
    const lines: string[] = [];
    await migrateStore({ onProgress: (line) => lines.push(line) });
    expect(lines).to.have.length(1);
    const kept = await InvitationModel.find({ address: { $exists: true } }, { _id: 1 }).lean();
    expect(kept.map(({ _id }) => _id)).to.have.members([planned!._id, reminded!._id]);
  });
});
