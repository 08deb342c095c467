import { expect } from 'chai';
import { codeOf, useCollection } from './support.ts';

describe('a command', () => {
  const collection = useCollection();

  const refused: [what: string, command: object, code: number][] = [
    ['with a collation', { find: 'things', collation: { locale: 'nl' } }, 115],
    ['with a transaction number', { insert: 'things', documents: [{}], txnNumber: 1n }, 20],
    [
      'with a read concern that is not offered',
      { find: 'things', readConcern: { level: 'linearizable' } },
      238,
    ],
    ['that creates what is there', { create: 'things' }, 48],
    ['with positional updates', { update: 'things', updates: [{ q: {}, u: { $set: { 'a.$': 1 } } }] }, 238],
    [
      'with array filters',
      { update: 'things', updates: [{ q: {}, u: { $set: { a: 1 } }, arrayFilters: [] }] },
      40415,
    ],
    ['with a pipeline as update', { findAndModify: 'things', update: [{ $set: { a: 1 } }] }, 238],
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
    const asked = collection().findOne({ text: 'nothing' }, { maxTimeMS: 1 });
    expect(await codeOf(asked)).to.equal(50);
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

  it('gives large documents in answers of at most 16 MB', async () => {
    const text = 'x'.repeat(5_000_000);
    for (let i = 0; i < 5; i += 1) await collection().insertOne({ text });
    const first = await collection().db.command({ find: 'things' });
    expect(first.cursor.firstBatch).to.have.lengthOf(3);
    expect(await collection().find().toArray()).to.have.lengthOf(5);
  });

  it('that sorts keeps the order of insertion among equals, also when it keeps the first few only', async () => {
    await collection().insertMany(Array.from({ length: 5000 }, (_, i) => ({ _id: i as never, v: i % 2 })));
    const ids = async (order: 1 | -1, skip: number) => {
      const found = await collection().find().sort({ v: order }).skip(skip).limit(3).toArray();
      return found.map(({ _id }) => Number(_id));
    };
    expect(await ids(1, 0)).to.deep.equal([0, 2, 4]);
    expect(await ids(-1, 1)).to.deep.equal([3, 5, 7]);
  });

  it('of several statements names the one that failed and counts the others', async () => {
    const operations = [
      { updateOne: { filter: { _id: 1 as never }, update: { $set: { a: 'x' } }, upsert: true } },
      { updateOne: { filter: { _id: 1 as never }, update: { $inc: { a: 1 } } } },
      { updateMany: { filter: {}, update: { $set: { b: 1 } } } },
      { deleteOne: { filter: { _id: 9 as never } } },
    ];
    const fault = await collection()
      .bulkWrite(operations, { ordered: false })
      .catch((error: unknown) => error);
    expect(fault).to.have.nested.property('writeErrors[0].index', 1);
    expect(fault).to.have.nested.property('result.upsertedCount', 1);
    expect(fault).to.have.nested.property('result.modifiedCount', 1);
  });
});
