import { expect } from 'chai';
import { codeOf, useCollection } from './support.ts';

describe('an index', () => {
  const collection = useCollection();
  const plan = async (filter: object, sort: object = {}): Promise<Record<string, never>> =>
    (
      await collection()
        .find(filter)
        .sort(sort as never)
        .explain('queryPlanner')
    ).queryPlanner.winningPlan;

  it('serves values of any length, exactly', async () => {
    await collection().createIndex({ a: 1 }, { unique: true });
    const long = 'x'.repeat(5000);
    await collection().insertMany([{ a: `${long}1` }, { a: `${long}2` }, { a: 'y' }]);
    expect(await collection().countDocuments({ a: `${long}2` })).to.equal(1);
    expect(await collection().countDocuments({ a: { $gt: `${long}1` } })).to.equal(2);
    expect(await collection().countDocuments({ a: { $lt: `${long}2` } })).to.equal(1);
    expect(await codeOf(collection().insertOne({ a: `${long}1` }))).to.equal(11000);
    expect((await collection().find().sort({ a: -1 }).toArray()).map(({ a }) => a.at(-1))).to.deep.equal([
      'y',
      '2',
      '1',
    ]);
  });

  it('is chosen for equality, range, $in, prefix and sort, and explain says so', async () => {
    await collection().createIndexes([{ key: { state: 1, sendAt: 1 } }, { key: { n: 1 }, unique: true }]);
    const name = async (filter: object, sort?: object): Promise<unknown> => {
      const winning = (await plan(filter, sort)) as unknown as {
        inputStage?: { indexName?: string; stage: string };
        stage: string;
      };
      return (
        winning.inputStage?.indexName ??
        `${winning.stage}${winning.inputStage ? `+${winning.inputStage.stage}` : ''}`
      );
    };
    expect(await name({ _id: 1 })).to.equal('_id_');
    expect(await name({ _id: { $in: [1, 2] } })).to.equal('_id_');
    expect(await name({ state: 'x' })).to.equal('state_1_sendAt_1');
    expect(await name({ state: 'x', sendAt: { $lte: 5 } }, { sendAt: -1 })).to.equal('state_1_sendAt_1');
    expect(await name({ n: { $gt: 5 } })).to.equal('n_1');
    expect(await name({}, { n: -1 })).to.equal('n_1');
    expect(await name({ sendAt: 5 })).to.equal('COLLSCAN');
    expect(await name({ state: 'x' }, { other: 1 })).to.equal('SORT+FETCH');
  });

  it('meets each document once in an update that moves it in the index it goes by', async () => {
    await collection().createIndex({ n: 1 });
    await collection().insertMany(Array.from({ length: 2000 }, (_, n) => ({ n })));
    await collection().updateMany({ n: { $gte: 0 } }, { $inc: { n: 1000 } });
    expect(await collection().countDocuments({ n: { $gte: 1000, $lt: 3000 } })).to.equal(2000);
  });

  it('holds what every update left, whichever field of it was touched', async () => {
    await collection().createIndexes([
      { key: { a: 1, 'b.c': 1 } },
      { key: { 'list.n': 1 } },
      { key: { d: 1 } },
    ]);
    await collection().insertMany(
      [1, 2, 3].map((n) => ({ a: n, b: { c: n }, list: [{ n }], d: n, e: n }) as never),
    );
    const updates: object[] = [
      { $set: { e: 5 } },
      { $set: { 'b.c': 7 } },
      { $set: { list: [{ n: 8 }] } },
      { $push: { list: { n: 9 } } },
      { $unset: { d: 1 }, $inc: { a: 10 } },
    ];
    for (const update of updates) await collection().updateMany({ e: { $gte: 1 } }, update);
    for (const filter of [{ a: 11, 'b.c': 7 }, { 'list.n': 9 }, { 'list.n': 8, d: null }])
      expect(await collection().countDocuments(filter)).to.equal('a' in filter ? 1 : 3);
    expect(await collection().countDocuments({ 'list.n': 1 })).to.equal(0);
    await collection().replaceOne({ a: 11 }, { d: 4 });
    expect(await collection().countDocuments({ a: 11 })).to.equal(0);
    expect(await collection().countDocuments({ d: 4 })).to.equal(1);
    expect(await collection().db.command({ validate: collection().collectionName })).to.include({
      valid: true,
    });
  });
});
