import { expect } from 'chai';
import { Binary, BSONRegExp, Code, Decimal128, Double, Long, MaxKey, MinKey, ObjectId } from 'mongodb';
import { codeOf, useCollection } from './support.ts';

const day = new Date('2026-01-31T12:00:00Z');
const id = new ObjectId('64b7f0c0a1b2c3d4e5f60718');

/** One document of each kind of value that `v` can have; the name is the `_id`. */
const documents = [
  { _id: 'missing' },
  { _id: 'null', v: null },
  { _id: 'int', v: 5 },
  { _id: 'double', v: 5.5 },
  { _id: 'wholeDouble', v: new Double(7) },
  { _id: 'long', v: Long.fromString('9007199254740993') },
  { _id: 'nan', v: Number.NaN },
  { _id: 'negative', v: -3 },
  { _id: 'string', v: 'abc' },
  { _id: 'empty', v: '' },
  { _id: 'upper', v: 'ABC' },
  { _id: 'true', v: true },
  { _id: 'false', v: false },
  { _id: 'date', v: day },
  { _id: 'objectId', v: id },
  { _id: 'binary', v: new Binary(Buffer.from([0xff, 0])) },
  { _id: 'object', v: { a: 1, b: 2 } },
  { _id: 'nested', v: { a: { c: 'x' } } },
  { _id: 'array', v: [1, 5, 9] },
  { _id: 'emptyArray', v: [] },
  { _id: 'strings', v: ['abc', 'xyz'] },
  { _id: 'documents', v: [{ a: 1, b: 9 }, { a: 2 }] },
  { _id: 'arrays', v: [[1, 2], [3]] },
];
const all = documents.map((document) => document._id);
const except = (...names: string[]): string[] => all.filter((name) => !names.includes(name));

const cases: [what: string, filter: object, expected: string[]][] = [
  ['everything', {}, all],
  ['a number', { v: 5 }, ['int', 'array']],
  ['a whole double by an int', { v: 7 }, ['wholeDouble']],
  ['a long exactly', { v: Long.fromString('9007199254740993') }, ['long']],
  ['not the double next to a long', { v: 9007199254740992 }, []],
  ['NaN', { v: Number.NaN }, ['nan']],
  ['a string, and one in an array', { v: 'abc' }, ['string', 'strings']],
  ['an empty string', { v: '' }, ['empty']],
  ['null and missing', { v: null }, ['missing', 'null']],
  ['null by $eq', { v: { $eq: null } }, ['missing', 'null']],
  ['not null', { v: { $ne: null } }, except('missing', 'null')],
  ['true', { v: true }, ['true']],
  ['false is not null', { v: false }, ['false']],
  ['a date', { v: day }, ['date']],
  ['an ObjectId', { v: id }, ['objectId']],
  ['bytes', { v: new Binary(Buffer.from([0xff, 0])) }, ['binary']],
  ['other bytes', { v: new Binary(Buffer.from([0xfe, 0])) }, []],
  ['a whole object', { v: { a: 1, b: 2 } }, ['object']],
  ['an object in another order', { v: { b: 2, a: 1 } }, []],
  ['an element that is an object', { v: { a: 2 } }, ['documents']],
  ['a whole array', { v: [1, 5, 9] }, ['array']],
  ['an array in an array', { v: [3] }, ['arrays']],
  ['an empty array', { v: [] }, ['emptyArray']],
  ['$ne of a number looks into arrays', { v: { $ne: 5 } }, except('int', 'array')],
  ['$gt of a number: numbers only', { v: { $gt: 5 } }, ['double', 'wholeDouble', 'long', 'array']],
  ['$gte', { v: { $gte: 5.5 } }, ['double', 'wholeDouble', 'long', 'array']],
  ['$lt', { v: { $lt: 5 } }, ['negative', 'array']],
  ['$lte', { v: { $lte: -3 } }, ['negative']],
  ['a range; two elements may meet it together', { v: { $gt: 5, $lt: 6 } }, ['double', 'array']],
  ['$gt of a string: strings only', { v: { $gt: 'abb' } }, ['string', 'strings']],
  ['$lt of a string is by bytes', { v: { $lt: 'abc' } }, ['empty', 'upper']],
  ['$lt of a date', { v: { $lt: new Date('2027-01-01') } }, ['date']],
  ['$gte of null is null and missing', { v: { $gte: null } }, ['missing', 'null']],
  ['$gt of false', { v: { $gt: false } }, ['true']],
  ['$gte of NaN', { v: { $gte: Number.NaN } }, ['nan']],
  ['$gt of an object', { v: { $gt: { a: 1 } } }, ['object', 'nested', 'documents']],
  ['$in', { v: { $in: [5, 'xyz', null] } }, ['missing', 'null', 'int', 'array', 'strings']],
  ['$in with an array', { v: { $in: [[1, 5, 9]] } }, ['array']],
  ['$in with nothing', { v: { $in: [] } }, []],
  ['$nin', { v: { $nin: [5, null] } }, except('missing', 'null', 'int', 'array')],
  ['$nin with nothing', { v: { $nin: [] } }, all],
  ['$exists', { v: { $exists: true } }, except('missing')],
  ['not $exists', { v: { $exists: false } }, ['missing']],
  ['$not', { v: { $not: { $gt: 0 } } }, except('int', 'double', 'wholeDouble', 'long', 'array')],
  ['$not of two conditions', { v: { $not: { $gt: 0, $lt: 6 } } }, except('int', 'double', 'array')],
  ['$not with a regex', { v: { $not: /b/ } }, except('string', 'strings')],
  ['$size', { v: { $size: 3 } }, ['array']],
  ['$size 0', { v: { $size: 0 } }, ['emptyArray']],
  ['$elemMatch on values', { v: { $elemMatch: { $gt: 1, $lt: 6 } } }, ['array']],
  ['$elemMatch that no single element meets', { v: { $elemMatch: { $gt: 5, $lt: 6 } } }, []],
  ['$elemMatch on documents', { v: { $elemMatch: { a: 1, b: 9 } } }, ['documents']],
  ['$elemMatch across documents', { v: { $elemMatch: { a: 2, b: 9 } } }, []],
  ['a regex', { v: /^ab/ }, ['string', 'strings']],
  ['a regex with a flag', { v: /^ab/i }, ['string', 'upper', 'strings']],
  ['$regex with $options', { v: { $regex: 'C$', $options: 'i' } }, ['string', 'upper', 'strings']],
  ['a BSON regex', { v: new BSONRegExp('^x') }, ['strings']],
  ['a dotted path', { 'v.a': 1 }, ['object', 'documents']],
  ['a dotted path into a document', { 'v.a.c': 'x' }, ['nested']],
  ['a path across the documents of an array', { 'v.a': 2, 'v.b': 9 }, ['documents']],
  ['a place in an array', { 'v.1': 5 }, ['array']],
  ['a path through a place', { 'v.0.b': 9 }, ['documents']],
  ['a place in an array of arrays', { 'v.0.1': 2 }, ['arrays']],
  ['a missing part of a document in an array', { _id: 'documents', 'v.b': null }, ['documents']],
  ['$exists on a path', { 'v.b': { $exists: true } }, ['object', 'documents']],
  ['$and', { $and: [{ v: { $gt: 0 } }, { v: { $lt: 6 } }] }, ['int', 'double', 'array']],
  ['$or', { $or: [{ v: 5.5 }, { v: 'ABC' }] }, ['double', 'upper']],
  ['$nor', { $nor: [{ v: { $exists: true } }] }, ['missing']],
  ['both sides', { v: 5, $or: [{ _id: 'int' }, { _id: 'null' }] }, ['int']],
  ['a name that JavaScript objects have', { constructor: { $exists: true } }, []],
];

const refused: [what: string, filter: object, code: number][] = [
  ['an unknown operator', { v: { $foo: 1 } }, 2],
  ['an unknown operator at the top', { $foo: 1 }, 2],
  ['$in without an array', { v: { $in: 5 } }, 2],
  ['an empty $and', { $and: [] }, 2],
  ['$or with a value', { $or: [5] }, 2],
  ['a negative $size', { v: { $size: -1 } }, 2],
  ['$not with a value', { v: { $not: 5 } }, 2],
  ['$options alone', { v: { $options: 'i' } }, 2],
  ['an operator that is not offered', { v: { $mod: [2, 0] } }, 2],
  ['a regex in $in', { v: { $in: [/^AB/] } }, 238],
  ['a regex as a value', { v: { $ne: /^AB/ } }, 238],
  ['MinKey', { v: { $gt: new MinKey() } }, 238],
  ['MaxKey', { v: new MaxKey() }, 238],
  ['Decimal128', { v: Decimal128.fromString('1') }, 238],
  ['code', { v: new Code('x') }, 238],
];

describe('a filter finds', () => {
  const collection = useCollection();
  beforeEach(() => collection().insertMany(documents as never[]));

  for (const [what, filter, expected] of cases) {
    it(what, async () => {
      const found = await collection().find(filter).toArray();
      expect(found.map((document) => String(document._id))).to.deep.equal(expected);
    });
    it(`${what}, with an index on the field`, async () => {
      for (const direction of [1, -1] as const) {
        const name = await collection().createIndex({ v: direction });
        const found = await collection().find(filter).toArray();
        expect(found.map((document) => String(document._id))).to.have.members(expected);
        await collection().dropIndex(name);
      }
    });
  }

  for (const [what, filter, code] of refused) {
    it(`nothing, and is refused: ${what}`, async () => {
      expect(await codeOf(collection().find(filter).toArray())).to.equal(code);
    });
  }

  it('nothing for what this store does not offer, and names it', async () => {
    const faultOf = (filter: object) =>
      collection()
        .find(filter)
        .toArray()
        .catch((error: unknown) => error);
    expect(await faultOf({ v: { $mod: [2, 0] } }))
      .to.have.property('message')
      .that.contains('$mod');
    expect(await faultOf({ v: new MinKey() }))
      .to.have.property('message')
      .that.contains('MinKey');
  });
});
