import { Binary, type Document, Double, Long, ObjectId } from 'mongodb';
import type { Case, Subject } from './case.ts';
import { refusedAt } from './differences.ts';

const day = new Date('2026-01-31T12:00:00Z');
const id = new ObjectId('64b7f0c0a1b2c3d4e5f60718');

/** One document of each kind of value that `v` can have; the name is the `_id`. */
const documents: Document[] = [
  { _id: 'missing' },
  { _id: 'null', v: null },
  { _id: 'int', v: 5 },
  { _id: 'double', v: 5.5 },
  { _id: 'wholeDouble', v: new Double(7) },
  { _id: 'long', v: Long.fromString('9007199254740993') },
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
];
const all = documents.map(({ _id }) => _id as string);
const except = (...names: string[]): string[] => all.filter((name) => !names.includes(name));

const nested = [{ _id: 'arrays', v: [[1, 2], [3]] }];
const noArraysInArrays = { why: 'stores no array directly in an array', gives: refusedAt(0, 2) };

type Differences = Pick<Case, 'embedded' | 'ferretdb'>;

function finds(name: string, ids: Document, expected: string[], differences: Differences = {}): Case {
  return { name, documents, run: { ids }, expected: [...expected].sort(), ...differences };
}

function ferretdb(why: string, gives: unknown): Differences {
  return { ferretdb: { why, gives } };
}

export const equality: Subject = {
  subject: 'equality',
  cases: [
    finds('nothing asked finds all', {}, all),
    finds('a number, and one in an array', { v: 5 }, ['int', 'array']),
    finds('a whole double by an int', { v: 7 }, ['wholeDouble']),
    finds('an int by a double', { v: new Double(5) }, ['int', 'array']),
    finds('a long exactly', { v: Long.fromString('9007199254740993') }, ['long']),
    finds('not the double next to a long', { v: 9007199254740992 }, []),
    finds('a string, and one in an array', { v: 'abc' }, ['string', 'strings']),
    finds('an empty string', { v: '' }, ['empty']),
    finds('a string by its case', { v: 'ABC' }, ['upper']),
    finds('true', { v: true }, ['true']),
    finds('false, which is neither null nor 0', { v: false }, ['false']),
    finds('a date', { v: day }, ['date']),
    finds('an ObjectId', { v: id }, ['objectId']),
    finds('bytes', { v: new Binary(Buffer.from([0xff, 0])) }, ['binary']),
    finds('not other bytes', { v: new Binary(Buffer.from([0xfe, 0])) }, []),
    finds('not the same bytes of another subtype', { v: new Binary(Buffer.from([0xff, 0]), 4) }, []),
    finds('a whole object', { v: { a: 1, b: 2 } }, ['object']),
    finds('not an object in another order', { v: { b: 2, a: 1 } }, []),
    finds('$eq', { v: { $eq: 'ABC' } }, ['upper']),
    finds('$ne', { v: { $ne: 'abc' } }, except('string', 'strings')),
    finds('$ne of a number looks into arrays', { v: { $ne: 5 } }, except('int', 'array')),
    finds('$in', { v: { $in: [5, 'xyz'] } }, ['int', 'array', 'strings']),
    finds('$in with nothing', { v: { $in: [] } }, []),
    finds('$in on _id', { _id: { $in: ['null', 'int', 'nobody'] } }, ['null', 'int']),
    finds('two fields together', { _id: 'int', v: 5 }, ['int']),
    finds('two fields that no document has together', { _id: 'double', v: 5 }, []),
  ],
};

export const ranges: Subject = {
  subject: 'ranges',
  cases: [
    finds('$gt of a number: numbers only', { v: { $gt: 5 } }, ['double', 'wholeDouble', 'long', 'array']),
    finds('$gte', { v: { $gte: 5.5 } }, ['double', 'wholeDouble', 'long', 'array']),
    finds('$lt', { v: { $lt: 5 } }, ['negative', 'array']),
    finds('$lte', { v: { $lte: -3 } }, ['negative']),
    finds('a range', { v: { $gt: 5, $lt: 7 } }, ['double', 'array']),
    finds('$gt of a string: strings only', { v: { $gt: 'abb' } }, ['string', 'strings']),
    finds('$lt of a string is by bytes', { v: { $lt: 'abc' } }, ['empty', 'upper']),
    finds('$gte of a string, including itself', { v: { $gte: 'abc' } }, ['string', 'strings']),
    finds('$lt of a date: dates only', { v: { $lt: new Date('2027-01-01') } }, ['date']),
    finds('$lte of a date, including itself', { v: { $lte: day } }, ['date']),
    finds('$gt of a date', { v: { $gt: day } }, []),
    finds('$gt of false', { v: { $gt: false } }, ['true']),
    finds('$lte of false', { v: { $lte: false } }, ['false']),
    finds('$gt of an ObjectId', { v: { $gt: new ObjectId('000000000000000000000001') } }, ['objectId']),
    finds('$gt of an object: objects only', { v: { $gt: { a: 1 } } }, ['object', 'nested', 'documents']),
    finds('$gt on _id', { _id: { $gt: 'upper' } }, ['wholeDouble']),
  ],
};

export const logic: Subject = {
  subject: 'logic',
  cases: [
    finds('$and', { $and: [{ v: { $gt: 0 } }, { v: { $lt: 6 } }] }, ['int', 'double', 'array']),
    finds('$and of one', { $and: [{ v: 5.5 }] }, ['double']),
    finds('$or', { $or: [{ v: 5.5 }, { v: 'ABC' }] }, ['double', 'upper']),
    finds('$or on several fields', { $or: [{ v: 5.5 }, { _id: 'int' }] }, ['double', 'int']),
    finds('$or beside a field', { v: 5, $or: [{ _id: 'int' }, { _id: 'null' }] }, ['int']),
    finds('$or within $and', { $and: [{ $or: [{ v: 5 }, { v: true }] }, { v: { $lt: 100 } }] }, [
      'int',
      'array',
    ]),
    finds('$exists', { v: { $exists: true } }, except('missing')),
    finds('not $exists', { v: { $exists: false } }, ['missing']),
    finds('a name that JavaScript objects have', { constructor: { $exists: true } }, []),
  ],
};

export const paths: Subject = {
  subject: 'paths and arrays',
  cases: [
    finds('a path into a document', { 'v.a': 1 }, ['object', 'documents']),
    finds('a path of three', { 'v.a.c': 'x' }, ['nested']),
    finds('a path across the documents of an array', { 'v.a': 2, 'v.b': 9 }, ['documents']),
    finds('a place in an array', { 'v.1': 5 }, ['array']),
    finds('a path through a place', { 'v.0.b': 9 }, ['documents']),
    finds('$exists on a path', { 'v.b': { $exists: true } }, ['object', 'documents']),
    finds('a whole array', { v: [1, 5, 9] }, ['array']),
    finds('not an array in another order', { v: [9, 5, 1] }, []),
    finds('an empty array', { v: [] }, ['emptyArray']),
    finds(
      'an object in an array',
      { v: { a: 2 } },
      ['documents'],
      ferretdb('compares no object with the elements of an array', []),
    ),
    finds('$in with an array', { v: { $in: [[1, 5, 9]] } }, ['array']),
    finds('a range that two elements meet together', { v: { $gt: 5, $lt: 6 } }, ['double', 'array']),
    {
      name: 'a place in an array of arrays',
      documents: nested,
      run: { ids: { 'v.0.1': 2 } },
      expected: ['arrays'],
      ferretdb: noArraysInArrays,
    },
    {
      name: 'an array in an array',
      documents: nested,
      run: { ids: { v: [3] } },
      expected: ['arrays'],
      ferretdb: noArraysInArrays,
    },
  ],
};

export const nulls: Subject = {
  subject: 'null and missing',
  cases: [
    finds('null finds missing too', { v: null }, ['missing', 'null']),
    finds('null by $eq', { v: { $eq: null } }, ['missing', 'null']),
    finds('not null', { v: { $ne: null } }, except('missing', 'null')),
    finds('null in $in', { v: { $in: [5, null] } }, ['missing', 'null', 'int', 'array']),
    finds('null that is there', { v: null, $and: [{ v: { $exists: true } }] }, ['null']),
    finds('$gte of null', { v: { $gte: null } }, ['missing', 'null']),
    finds('$gt of null', { v: { $gt: null } }, []),
    finds(
      'a missing part of a document in an array',
      { _id: 'documents', 'v.b': null },
      ['documents'],
      ferretdb('sees it as missing only where no element has it', []),
    ),
    finds('a path that ends in a value', { _id: 'int', 'v.b': null }, ['int']),
    finds(
      'a path through an array of values is not null',
      { _id: 'array', 'v.b': null },
      [],
      ferretdb('sees it as missing', ['array']),
    ),
    finds('an empty array is not null', { _id: 'emptyArray', v: null }, []),
  ],
};
