import { expect } from 'chai';
import mongoose, { type IndexOptions, Schema } from 'mongoose';
import { changesInOneStep, ensureIndexes } from '../../surveys/store.ts';
import { conflictWith, indexFault } from '../../surveys/store-indexes.ts';
import { isFerretDB } from '../support/mongodb.ts';
import { useStore } from '../support/store.ts';

type Key = Record<string, 1 | -1 | 'text' | '2dsphere' | 'hashed'>;

describe('The indexes of the models', () => {
  useStore();
  afterEach(async () => {
    if (!mongoose.modelNames().includes('Trial')) return;
    await mongoose.connection.dropCollection('trials');
    mongoose.deleteModel('Trial');
  });

  const declare = (key: Key, options: IndexOptions = {}) => {
    const schema = new Schema({ a: Number, b: Number }, { autoIndex: false, autoCreate: false });
    schema.index(key, options);
    return mongoose.model('Trial', schema, 'trials');
  };
  const faultOf = () =>
    ensureIndexes().then(
      () => undefined,
      (error: Error) => error.message,
    );

  const refused: [what: string, key: Key, options: IndexOptions, reason: string][] = [
    ['a partial one', { a: 1 }, { partialFilterExpression: { b: 1 } }, 'option "partialFilterExpression"'],
    ['a sparse one', { a: 1 }, { sparse: true }, 'option "sparse"'],
    ['one that expires', { a: 1 }, { expireAfterSeconds: 0 }, 'option "expireAfterSeconds"'],
    ['one with a collation', { a: 1 }, { collation: { locale: 'nl' } }, 'option "collation"'],
    ['a hidden one', { a: 1 }, { hidden: true }, 'option "hidden"'],
    ['one of words', { a: 'text' }, {}, 'a is of the type "text"'],
    ['one of places', { b: 1, a: '2dsphere' }, {}, 'a is of the type "2dsphere"'],
    ['a hashed one', { a: 'hashed' }, {}, 'a is of the type "hashed"'],
    ['one of all fields', { 'a.$**': 1 }, {}, 'a.$** is a wildcard'],
    ['one of a nameless field', { 'a.': 1 }, {}, '"a." is not the name of a field'],
  ];
  for (const [what, key, options, reason] of refused) {
    it(`are refused at start, with the model and the reason: ${what}`, async () => {
      const trial = declare(key, options);
      expect(await faultOf())
        .to.contain(`Trial: the index on ${Object.keys(key).join(', ')} can't be served`)
        .and.contain(reason);
      expect((await trial.db.listCollections()).map(({ name }) => name)).to.not.include('trials');
    });
  }

  it('are made when every store serves them, and again without effect', async () => {
    const trial = declare({ a: 1, 'b.c': -1 }, { unique: true, name: 'both' });
    await ensureIndexes();
    await ensureIndexes();
    const made = (await trial.collection.indexes()).map(({ name, key, unique }) => ({ name, key, unique }));
    expect(made).to.deep.include({ name: 'both', key: { a: 1, 'b.c': -1 }, unique: true });
    expect(made).to.have.lengthOf(2);
  });

  const standing: [what: string, made: IndexOptions, reason: string][] = [
    ['is unique there', { unique: true }, 'the collection has it as unique'],
    ['has another name there', { name: 'other' }, 'the collection has it under the name other'],
  ];
  for (const [what, made, reason] of standing) {
    it(`are refused when one ${what}`, async () => {
      const trial = declare({ a: 1 });
      await trial.collection.createIndex({ a: 1 }, made as { unique?: boolean; name?: string });
      expect(await faultOf()).to.contain(`Trial: the index on a can't be served: ${reason}`);
      expect(await trial.collection.indexes()).to.have.lengthOf(2);
    });
  }
});

/** What only MongoDB can have. */
describe('An index that a collection has already', () => {
  it('may not expire anything, nor leave documents out', () => {
    const stored = { name: 'a_1', key: { a: 1 }, v: 2 };
    expect(conflictWith([stored], { a: 1 }, {})).to.equal(undefined);
    expect(conflictWith([{ ...stored, expireAfterSeconds: 9 }], { a: 1 }, {})).to.contain(
      'expireAfterSeconds',
    );
    expect(conflictWith([{ ...stored, sparse: true }], { a: 1 }, {})).to.contain('sparse');
    expect(conflictWith([{ ...stored, key: { b: 1 } }], { a: 1 }, {})).to.contain(
      'another index of the name',
    );
    expect(conflictWith([stored], { a: 1 }, { unique: true })).to.contain('not as unique');
  });

  it('counts as the same whatever number its direction is stored as, and as another when the order differs', () => {
    const stored = { name: 'a_1_b_1', key: { a: 1n, b: 1 } };
    expect(conflictWith([stored], { a: 1, b: 1 }, {})).to.equal(undefined);
    expect(conflictWith([stored], { b: 1, a: 1 }, {})).to.equal(undefined);
    expect(conflictWith([stored], { b: 1, a: 1 }, { name: 'a_1_b_1' })).to.contain('another index');
  });

  it('has nothing to hide in options that are off', () => {
    expect(indexFault({ a: 1 }, { sparse: false, background: true })).to.equal(undefined);
  });
});

describe('A server that changes a document in several steps', () => {
  useStore();

  it('is known, so that the service can warn of it', async () => {
    expect(await changesInOneStep()).to.equal(
      !(await isFerretDB((command) => mongoose.connection.db!.command(command))),
    );
  });
});
