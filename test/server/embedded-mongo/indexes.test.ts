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

  it('is listed, is made once and can be dropped', async () => {
    await collection().createIndex({ a: 1, b: -1 }, { unique: true });
    await collection().createIndex({ a: 1, b: -1 }, { unique: true });
    expect(await collection().indexes()).to.deep.equal([
      { v: 2, key: { _id: 1 }, name: '_id_' },
      { v: 2, key: { a: 1, b: -1 }, name: 'a_1_b_-1', unique: true },
    ]);
    await collection().dropIndex('a_1_b_-1');
    expect(await collection().indexes()).to.have.lengthOf(1);
  });

  const refused: [what: string, key: object, options: object, code: number][] = [
    ['partial', { a: 1 }, { partialFilterExpression: { a: 1 } }, 67],
    ['sparse', { a: 1 }, { sparse: true }, 67],
    ['expiring', { a: 1 }, { expireAfterSeconds: 5 }, 67],
    ['text', { a: 'text' }, {}, 67],
    ['hashed', { a: 'hashed' }, {}, 67],
    ['wildcard', { '$**': 1 }, {}, 67],
    ['of another name with the same key', { taken: 1 }, { name: 'other' }, 85],
    ['of the same name with another key', { a: 1 }, { name: 'taken_1' }, 86],
  ];
  for (const [what, key, options, code] of refused) {
    it(`is refused when it is ${what}`, async () => {
      await collection().createIndex({ taken: 1 });
      expect(await codeOf(collection().createIndex(key as never, options))).to.equal(code);
    });
  }

  it('that is unique refuses a second one, null and missing being one', async () => {
    await collection().createIndex({ 'a.b': 1, c: 1 }, { unique: true });
    await collection().insertOne({ a: { b: 1 } });
    const fault = await collection()
      .insertOne({ a: { b: 1 }, c: null })
      .catch((error: unknown) => error);
    expect(fault).to.include({ code: 11000 });
    expect(fault).to.have.deep.property('keyPattern', { 'a.b': 1, c: 1 });
    expect(fault).to.have.deep.property('keyValue', { 'a.b': 1, c: null });
    expect(fault).to.have.property('message').that.contains('index: a.b_1_c_1 dup key: { a.b: 1, c: null }');
    expect(await codeOf(collection().insertOne({ a: { b: 2 } }))).to.equal(undefined);
    expect(await codeOf(collection().updateOne({ 'a.b': 2 }, { $set: { 'a.b': 1 } }))).to.equal(11000);
  });

  it('that is unique is not made over duplicates, and leaves nothing behind', async () => {
    await collection().insertMany([{ a: 1 }, { a: 1 }]);
    expect(await codeOf(collection().createIndex({ a: 1 }, { unique: true }))).to.equal(11000);
    expect(await collection().indexes()).to.have.lengthOf(1);
    expect(await collection().db.command({ validate: 'things' })).to.include({ valid: true, nIndexes: 1 });
  });

  it('holds every element of an array, but refuses two arrays in one key', async () => {
    await collection().createIndex({ a: 1, b: 1 });
    await collection().insertOne({ a: [1, 2], b: 3 });
    expect(await collection().find({ a: 2, b: 3 }).toArray()).to.have.lengthOf(1);
    expect(await codeOf(collection().insertOne({ a: [1], b: [2, 3] }))).to.equal(171);
    expect(await collection().db.command({ validate: 'things' })).to.deep.include({
      keysPerIndex: { _id_: 1, a_1_b_1: 2 },
    });
  });

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
    const { executionStats } = await collection().find({ state: 'x' }).explain('executionStats');
    expect(executionStats).to.include({ nReturned: 0, totalKeysExamined: 0, totalDocsExamined: 0 });
  });
});

describe('a command', () => {
  const collection = useCollection();
  const run = (command: object) => codeOf(collection().db.command(command as never));

  const refused: [what: string, command: object, code: number][] = [
    ['that is unknown', { fooBar: 1 }, 59],
    ['with an unknown field', { find: 'things', foo: 1 }, 40415],
    ['with an option that is not offered', { find: 'things', tailable: true }, 40415],
    ['with a collation', { find: 'things', collation: { locale: 'nl' } }, 115],
    ['with a transaction number', { insert: 'things', documents: [{}], txnNumber: 1n }, 20],
    ['with a filter of a wrong type', { find: 'things', filter: 5 }, 14],
    ['with a negative limit', { find: 'things', limit: -1 }, 51024],
    [
      'with a read concern that is not offered',
      { find: 'things', readConcern: { level: 'linearizable' } },
      238,
    ],
    ['without documents', { insert: 'things', documents: [] }, 16],
    ['on a namespace that is none', { create: 'a$b' }, 73],
    ['that creates what is there', { create: 'things' }, 48],
    ['that lists the indexes of nothing', { listIndexes: 'nothing' }, 26],
    ['that drops an index that is not there', { dropIndexes: 'things', index: 'nothing' }, 27],
    ['that drops the index on _id', { dropIndexes: 'things', index: '_id_' }, 72],
    ['with positional updates', { update: 'things', updates: [{ q: {}, u: { $set: { 'a.$': 1 } } }] }, 238],
    [
      'with array filters',
      { update: 'things', updates: [{ q: {}, u: { $set: { a: 1 } }, arrayFilters: [] }] },
      40415,
    ],
    ['with a pipeline as update', { findAndModify: 'things', update: [{ $set: { a: 1 } }] }, 238],
    ['with a hint', { find: 'things', hint: '_id_' }, 40415],
  ];
  for (const [what, command, code] of refused) {
    it(`${what} gets code ${code}`, async () => {
      await collection()
        .db.createCollection('things')
        .catch(() => undefined);
      const result = collection()
        .db.command(command as never)
        .then(
          (answer) => answer.writeErrors?.[0]?.code,
          (error: { code: number }) => error.code,
        );
      expect(await result).to.equal(code);
    });
  }

  const documents: [what: string, document: object, code: number][] = [
    ['with a name that starts with a dollar', { $a: 1 }, 52],
    ['with such a name below', { a: [{ $b: 1 }] }, 52],
    ['with a dot in a name', { 'a.b': 1 }, 57],
    ['with an array as _id', { _id: [1] }, 53],
    ['nested over 100 levels', Array.from({ length: 101 }).reduce<object>((inner) => ({ a: inner }), {}), 15],
  ];
  for (const [what, document, code] of documents) {
    it(`that inserts a document ${what} gets code ${code}`, async () => {
      expect(await codeOf(collection().insertOne(document))).to.equal(code);
    });
  }

  it('that inserts a document over 16 MB is refused', async () => {
    expect(await codeOf(collection().insertOne({ text: 'x'.repeat(16 * 1024 * 1024) }))).to.be.oneOf([
      10334,
      2,
      'Document is larger than the maximum size 16777216',
    ]);
  });

  it('that takes longer than maxTimeMS gets code 50', async () => {
    await collection().insertMany(Array.from({ length: 50_000 }, (_, n) => ({ n, text: 'some text' })));
    expect(await run({ count: 'things', query: { text: /nothing$/ }, maxTimeMS: 1 })).to.equal(50);
  });

  it('lists and drops collections', async () => {
    const { db } = collection();
    await db.createCollection('others');
    await collection().insertOne({});
    expect((await db.listCollections().toArray()).map(({ name }) => name)).to.have.members([
      'others',
      'things',
    ]);
    expect(await db.listCollections({ name: 'others' }, { nameOnly: true }).toArray()).to.deep.equal([
      { name: 'others', type: 'collection' },
    ]);
    await db.dropCollection('others');
    expect(await db.listCollections({ name: 'others' }).toArray()).to.deep.equal([]);
  });
});
