import { expect } from 'chai';
import { needsOneStepUpdates } from '../support/mongodb.ts';
import { useCollections } from './collections.ts';

/** What the product relies on where it has no transactions: one document changes in one step. */
describe('of writers that race', () => {
  const store = useCollections();

  it('400 count 400 in one document', async function () {
    await needsOneStepUpdates(this);
    const collection = store.fresh();
    const count = () => collection.updateOne({ _id: 'n' as never }, { $inc: { n: 1 } }, { upsert: true });
    await Promise.all(Array.from({ length: 400 }, count));
    expect(await collection.findOne()).to.deep.equal({ _id: 'n', n: 400 });
  });

  it('one of 50 takes a state', async function () {
    await needsOneStepUpdates(this);
    const collection = store.fresh();
    await collection.insertOne({ _id: 'job' as never, state: 'free' });
    const take = async (by: number) =>
      (await collection.updateOne({ state: 'free' }, { $set: { state: 'taken', by } })).modifiedCount;
    const taken = await Promise.all(Array.from({ length: 50 }, (_, by) => take(by)));
    expect(taken.filter((count) => count === 1)).to.have.lengthOf(1);
  });

  it('one of 50 inserts a unique key, and the others are told that it is there', async () => {
    const collection = store.fresh();
    await collection.createIndex({ key: 1 }, { unique: true });
    const insert = (by: number) =>
      collection.insertOne({ key: 'one', by }).then(
        () => 'inserted',
        ({ code }: { code: number }) => code,
      );
    const outcomes = await Promise.all(Array.from({ length: 50 }, (_, by) => insert(by)));
    expect(outcomes.filter((outcome) => outcome === 'inserted')).to.have.lengthOf(1);
    expect(outcomes.filter((outcome) => outcome === 11000)).to.have.lengthOf(49);
  });
});
