import { expect } from 'chai';
import { Double, Int32, Long, ObjectId } from 'mongodb';
import { codeOf, useCollection } from './support.ts';

const cases: [what: string, before: object, update: object, after: object][] = [
  ['$set of a new field', { a: 1 }, { $set: { b: 2 } }, { a: 1, b: 2 }],
  ['$set over a value', { a: 1 }, { $set: { a: 'x' } }, { a: 'x' }],
  ['$set below a document', { a: { b: 1 } }, { $set: { 'a.c': 2 } }, { a: { b: 1, c: 2 } }],
  ['$set makes what is on the way', {}, { $set: { 'a.b.c': 1 } }, { a: { b: { c: 1 } } }],
  ['$set of a place in an array', { a: [1, 2] }, { $set: { 'a.1': 9 } }, { a: [1, 9] }],
  ['$set behind the end of an array', { a: [1] }, { $set: { 'a.3': 9 } }, { a: [1, null, null, 9] }],
  ['$set of a numbered field of a document', { a: {} }, { $set: { 'a.0': 9 } }, { a: { 0: 9 } }],
  ['$set of the same', { a: 1 }, { $set: { a: 1 } }, { a: 1 }],
  ['$set of nothing', { a: 1 }, { $set: {} }, { a: 1 }],
  ['$unset', { a: 1, b: 2 }, { $unset: { a: '' } }, { b: 2 }],
  ['$unset of what is not there', { b: 2 }, { $unset: { a: '', 'c.d': '' } }, { b: 2 }],
  ['$unset below a document', { a: { b: 1, c: 2 } }, { $unset: { 'a.b': '' } }, { a: { c: 2 } }],
  ['$unset of a place leaves null', { a: [1, 2] }, { $unset: { 'a.0': '' } }, { a: [null, 2] }],
  ['$inc', { a: 1 }, { $inc: { a: 2 } }, { a: 3 }],
  ['$inc of what is not there', {}, { $inc: { 'a.b': -2 } }, { a: { b: -2 } }],
  ['$inc by a fraction', { a: 1 }, { $inc: { a: 0.5 } }, { a: 1.5 }],
  ['$inc over the end of int32', { a: 2147483647 }, { $inc: { a: 1 } }, { a: 2147483648 }],
  ['$min lower', { a: 5 }, { $min: { a: 3 } }, { a: 3 }],
  ['$min higher', { a: 5 }, { $min: { a: 7 } }, { a: 5 }],
  ['$min of what is not there', {}, { $min: { a: 7 } }, { a: 7 }],
  ['$max higher', { a: 5 }, { $max: { a: 7 } }, { a: 7 }],
  ['$max across types', { a: 5 }, { $max: { a: 'x' } }, { a: 'x' }],
  ['$setOnInsert of a document that is there', { a: 1 }, { $setOnInsert: { a: 2, b: 3 } }, { a: 1 }],
  ['$push', { a: [1] }, { $push: { a: 2 } }, { a: [1, 2] }],
  ['$push of a first one', {}, { $push: { a: 2 } }, { a: [2] }],
  ['$push with $each', { a: [1] }, { $push: { a: { $each: [2, 3] } } }, { a: [1, 2, 3] }],
  ['$push of an array', { a: [1] }, { $push: { a: [2] } }, { a: [1, [2]] }],
  ['$addToSet of a new one', { a: [1] }, { $addToSet: { a: 2 } }, { a: [1, 2] }],
  ['$addToSet of a known one', { a: [1] }, { $addToSet: { a: 1 } }, { a: [1] }],
  ['$addToSet with $each', { a: [1] }, { $addToSet: { a: { $each: [1, 2, 2] } } }, { a: [1, 2] }],
  ['$addToSet of a document', { a: [{ x: 1 }] }, { $addToSet: { a: { x: 1 } } }, { a: [{ x: 1 }] }],
  ['several at once', { a: 1, b: 1 }, { $inc: { a: 1 }, $unset: { b: '' }, $set: { c: 1 } }, { a: 2, c: 1 }],
  [
    'a field named __proto__ beside it',
    JSON.parse('{"__proto__": 1, "a": 1}'),
    { $set: { a: 2 } },
    JSON.parse('{"__proto__": 1, "a": 2}'),
  ],
];

const refused: [what: string, before: object, update: object, code: number][] = [
  ['$inc of a string', { a: 'x' }, { $inc: { a: 1 } }, 14],
  ['$inc of null', { a: null }, { $inc: { a: 1 } }, 14],
  ['$inc by a string', { a: 1 }, { $inc: { a: 'x' } }, 14],
  ['$push to a value', { a: 1 }, { $push: { a: 1 } }, 2],
  ['$addToSet to a value', { a: 1 }, { $addToSet: { a: 1 } }, 2],
  ['$set below a value', { a: 1 }, { $set: { 'a.b': 1 } }, 28],
  ['$set of a name in an array', { a: [1] }, { $set: { 'a.b': 1 } }, 28],
  ['$set and $inc of one field', { a: 1 }, { $set: { a: 1 }, $inc: { a: 1 } }, 40],
  ['$set of a field and of one below it', {}, { $set: { a: {} }, $inc: { 'a.b': 1 } }, 40],
  ['$set of _id', {}, { $set: { _id: 'other' } }, 66],
  ['$unset of _id', {}, { $unset: { _id: '' } }, 66],
  ['an empty part of a path', {}, { $set: { 'a..b': 1 } }, 56],
  ['an unknown operator', {}, { $foo: { a: 1 } }, 9],
  ['an operator without fields', {}, { $set: 5 }, 9],
  ['a stored name with a dollar', {}, { $set: { a: { $b: 1 } } }, 52],
  ['$each without an array', {}, { $push: { a: { $each: 1 } } }, 2],
];

describe('an update', () => {
  const collection = useCollection();

  for (const [what, before, update, after] of cases) {
    it(`does ${what}`, async () => {
      await collection().insertOne({ _id: 'x' as never, ...before });
      const { matchedCount, modifiedCount } = await collection().updateOne({ _id: 'x' as never }, update);
      const stored = await collection().findOne({ _id: 'x' as never });
      expect(stored).to.deep.equal({ _id: 'x', ...after });
      expect(matchedCount).to.equal(1);
      expect(modifiedCount).to.equal(JSON.stringify(before) === JSON.stringify(after) ? 0 : 1);
    });
  }

  for (const [what, before, update, code] of refused) {
    it(`refuses ${what} and changes nothing`, async () => {
      await collection().insertOne({ _id: 'x' as never, ...before });
      expect(await codeOf(collection().updateOne({ _id: 'x' as never }, update))).to.equal(code);
      expect(await collection().findOne()).to.deep.equal({ _id: 'x', ...before });
    });
  }

  it('keeps the types of what it does not touch, bit by bit', async () => {
    const big = Long.fromString('9007199254740993');
    await collection().insertOne({
      _id: 'x' as never,
      big,
      whole: new Double(5),
      sub: { big, whole: new Double(5), n: 1 },
    });
    await collection().updateOne({}, { $inc: { 'sub.n': 1 } });
    const stored = await collection().findOne({}, { promoteValues: false });
    expect(stored?.big.toString()).to.equal('9007199254740993');
    expect(stored?.whole).to.be.instanceOf(Double);
    expect(stored?.sub.big.toString()).to.equal('9007199254740993');
    expect(stored?.sub.whole).to.be.instanceOf(Double);
    expect(stored?.sub.n).to.be.instanceOf(Int32);
  });

  it('sets the time of the store with $currentDate', async () => {
    await collection().insertOne({ _id: 'x' as never });
    const before = Date.now();
    await collection().updateOne({}, { $currentDate: { at: true } });
    expect((await collection().findOne())?.at.getTime()).to.be.within(before, Date.now());
  });

  it('replaces a whole document and keeps its _id', async () => {
    await collection().insertOne({ _id: 'x' as never, a: 1 });
    await collection().replaceOne({ a: 1 }, { b: 2 });
    expect(await collection().findOne()).to.deep.equal({ _id: 'x', b: 2 });
  });

  it('changes all that match, and says how many were and how many changed', async () => {
    await collection().insertMany([{ a: 1 }, { a: 1, b: 1 }, { a: 2 }]);
    const { matchedCount, modifiedCount } = await collection().updateMany({ a: 1 }, { $set: { b: 1 } });
    expect([matchedCount, modifiedCount]).to.deep.equal([2, 1]);
  });

  it('that moves documents in the index it goes by meets each of them once', async () => {
    await collection().createIndex({ n: 1 });
    await collection().insertMany(Array.from({ length: 2000 }, (_, n) => ({ n })));
    await collection().updateMany({ n: { $gte: 0 } }, { $inc: { n: 1000 } });
    expect(await collection().countDocuments({ n: { $gte: 1000, $lt: 3000 } })).to.equal(2000);
  });

  describe('that upserts', () => {
    it('takes equalities of the filter, $set and $setOnInsert into the new document', async () => {
      const filter = { _id: 'x' as never, a: 1, 'b.c': { $eq: 2 }, d: { $gt: 5 }, $and: [{ e: 'y' }] };
      const result = await collection().updateOne(
        filter,
        { $set: { f: 1 }, $setOnInsert: { g: 2 } },
        { upsert: true },
      );
      expect(result.upsertedId).to.equal('x');
      expect(await collection().findOne()).to.deep.equal({ _id: 'x', a: 1, b: { c: 2 }, e: 'y', f: 1, g: 2 });
    });

    it('makes an ObjectId when nothing gives an _id', async () => {
      const { upsertedId } = await collection().updateOne({ a: 1 }, { $inc: { n: 1 } }, { upsert: true });
      expect(upsertedId).to.be.instanceOf(ObjectId);
    });

    it('inserts a replacement', async () => {
      await collection().replaceOne({ _id: 'x' as never, old: 1 }, { a: 1 }, { upsert: true });
      expect(await collection().findOne()).to.deep.equal({ _id: 'x', a: 1 });
    });

    it('runs into a duplicate when the _id is there and the rest of the filter is not', async () => {
      await collection().insertOne({ _id: 'x' as never, rev: 2 });
      const upsert = collection().updateOne(
        { _id: 'x' as never, rev: 1 },
        { $set: { a: 1 } },
        { upsert: true },
      );
      const fault = await upsert.catch((error: unknown) => error);
      expect(fault).to.include({ code: 11000 });
      expect(fault).to.have.deep.property('keyPattern', { _id: 1 });
      expect(fault).to.have.deep.property('keyValue', { _id: 'x' });
    });
  });

  describe('by findOneAndUpdate', () => {
    it('gives the document before or after, cut to the projection', async () => {
      await collection().insertOne({ _id: 'x' as never, a: 1, b: 1 });
      const before = await collection().findOneAndUpdate({}, { $inc: { a: 1 } }, { projection: { a: 1 } });
      const after = await collection().findOneAndUpdate({}, { $inc: { a: 1 } }, { returnDocument: 'after' });
      expect(before).to.deep.equal({ _id: 'x', a: 1 });
      expect(after).to.deep.equal({ _id: 'x', a: 3, b: 1 });
    });

    it('takes the first in the order of the sort', async () => {
      await collection().insertMany([{ n: 2 }, { n: 1 }, { n: 3 }]);
      const taken = await collection().findOneAndUpdate({ t: null }, { $set: { t: 1 } }, { sort: { n: -1 } });
      expect(taken?.n).to.equal(3);
    });

    it('gives null, or upserts', async () => {
      expect(await collection().findOneAndUpdate({ a: 1 }, { $set: { b: 1 } })).to.equal(null);
      const options = { upsert: true, returnDocument: 'after', includeResultMetadata: true } as const;
      const { value, lastErrorObject } = await collection().findOneAndUpdate(
        { _id: 'x' as never },
        { $set: { b: 1 } },
        options,
      );
      expect(value).to.deep.equal({ _id: 'x', b: 1 });
      expect(lastErrorObject).to.include({ n: 1, updatedExisting: false, upserted: 'x' });
    });

    it('removes', async () => {
      await collection().insertMany([{ n: 2 }, { n: 1 }]);
      expect((await collection().findOneAndDelete({}, { sort: { n: 1 } }))?.n).to.equal(1);
      expect(await collection().countDocuments()).to.equal(1);
    });
  });

  describe('in bulk', () => {
    it('stops at the first error when ordered and goes on when not', async () => {
      const documents = [{ _id: 1 }, { _id: 1 }, { _id: 2 }] as never[];
      expect(await codeOf(collection().insertMany(documents))).to.equal(11000);
      expect(await collection().countDocuments()).to.equal(1);
      const fault = await collection()
        .insertMany(documents, { ordered: false })
        .catch((error: { writeErrors: { index: number; code: number }[] }) => error);
      expect(fault).to.have.property('writeErrors').with.lengthOf(2);
      expect(await collection().countDocuments()).to.equal(2);
    });

    it('names the statement that failed and counts the others', async () => {
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
});
