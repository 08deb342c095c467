import { expect } from 'chai';
import { type AuditEvent, audit, auditPage, checkAudit } from '../../../server/audit/index.ts';
import { AuditModel } from '../../../server/audit/model.ts';
import { deriveKeys } from '../../../surveys/keys.ts';
import { testContext } from '../../support/context.ts';
import { useStore } from '../../support/store.ts';

describe('The audit log', () => {
  useStore();
  const ctx = testContext();
  const pause: AuditEvent = { who: 'person:eva', what: 'sending.paused', network: 'ab12' };

  async function write(times: number): Promise<void> {
    for (let n = 0; n < times; n += 1) await audit(ctx, { ...pause, on: `change ${n + 1}` });
  }

  it('numbers what happened and links each entry to the one before', async () => {
    await write(3);
    const [third, second, first] = await auditPage(undefined, 10);
    expect(first).to.deep.include({ _id: 1, who: 'person:eva', on: 'change 1', previous: '' });
    expect(second?.previous).to.equal(first?.seal);
    expect(third?.previous).to.equal(second?.seal);
    expect(await checkAudit(ctx.keys)).to.deep.equal({
      entries: 3,
      faults: [],
      last: { number: 3, seal: third?.seal },
    });
  });

  it('gives each of many that write at once a number of its own', async () => {
    await Promise.all(Array.from({ length: 40 }, () => audit(ctx, pause)));
    expect(await checkAudit(ctx.keys)).to.deep.include({ entries: 40, faults: [] });
  });

  it('shows which entry was changed', async () => {
    await write(4);
    for (const change of [{ on: 'another' }, { who: 'person:jan' }, { at: new Date(0) }, { network: 'x' }]) {
      const before = await AuditModel.findById(3).lean();
      await AuditModel.updateOne({ _id: 3 }, { $set: change });
      expect((await checkAudit(ctx.keys)).faults).to.deep.equal([{ number: 3, kind: 'changed' }]);
      await AuditModel.replaceOne({ _id: 3 }, before!);
    }
  });

  it('shows which entry was removed, at the beginning, in the middle, and with a note also at the end', async () => {
    await write(5);
    const { last } = await checkAudit(ctx.keys);
    await AuditModel.deleteOne({ _id: 1 });
    await AuditModel.deleteOne({ _id: 3 });
    expect((await checkAudit(ctx.keys)).faults).to.deep.equal([
      { number: 1, kind: 'missing' },
      { number: 3, kind: 'missing' },
    ]);
    await AuditModel.deleteOne({ _id: 5 });
    expect((await checkAudit(ctx.keys, last)).faults).to.deep.include({ number: 5, kind: 'missing' });
  });

  it('can not be written anew without the key, also by who numbers and links everything afresh', async () => {
    await write(3);
    const forger = { ...ctx, keys: deriveKeys('another secret, of who holds the store only') };
    const [third] = await auditPage(undefined, 1);
    await AuditModel.deleteOne({ _id: 3 });
    await audit(forger, { ...pause, on: 'forged' });
    expect((await checkAudit(ctx.keys)).faults).to.deep.equal([{ number: 3, kind: 'changed' }]);

    // An entry of our own at another place is sealed, and does not follow.
    await AuditModel.deleteOne({ _id: 3 });
    await AuditModel.deleteOne({ _id: 2 });
    await audit(ctx, { ...pause, on: 'in place of the second' });
    await AuditModel.insertOne(third!);
    expect((await checkAudit(ctx.keys)).faults).to.deep.equal([{ number: 3, kind: 'unlinked' }]);
  });
});
