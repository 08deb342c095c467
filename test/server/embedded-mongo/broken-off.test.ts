import { join } from 'node:path';
import { expect } from 'chai';
import { Engine } from '../../../server/embedded-mongo/engine.ts';
import { atOnce } from '../../../server/embedded-mongo/work.ts';
import { openWithClient, temporaryDirectory } from './support.ts';

describe('an index whose building a crash broke off', () => {
  const directory = temporaryDirectory();

  it('is gone at the next start: it refuses nothing, and can be built again', async () => {
    const before = await openWithClient(directory());
    await before.db.collection('things').insertMany([{ a: 1 }, { a: 2 }]);
    await before.close();

    const engine = new Engine(join(directory(), 'store.mdb'));
    const collection = engine.catalog.list()[0];
    if (!collection) throw new Error('no collection');
    const spec = { name: 'a_1', key: [['a', 1] as [string, 1]], unique: true, ready: false };
    await engine.write(atOnce(() => engine.catalog.addIndex(collection, spec)));
    await engine.close();

    const after = await openWithClient(directory());
    const things = after.db.collection('things');
    await things.insertMany([{ a: 3 }, { a: 3 }]);
    expect(await things.indexes()).to.have.lengthOf(1);
    await things.deleteOne({ a: 3 });
    await things.createIndex({ a: 1 }, { unique: true });
    expect(await after.db.command({ validate: 'things' })).to.deep.include({
      valid: true,
      keysPerIndex: { _id_: 3, a_1: 3 },
    });
    await after.close();
  });
});
