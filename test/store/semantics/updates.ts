import { Binary, Double, Int32, Long } from 'mongodb';
import type { Case, Subject } from './case.ts';
import { exactly } from './perform.ts';

type Differences = Pick<Case, 'embedded' | 'ferretdb'>;
type Fields = Record<string, unknown>;

/** An update of the one document there is; it changes something unless `after` is what was there. */
function changes(name: string, before: Fields, update: object, after: Fields, more: Differences = {}): Case {
  const modified = exactly(before) === exactly(after) ? 0 : 1;
  return {
    name,
    documents: [{ _id: 'x', ...before }],
    run: { update: { _id: 'x' }, with: update },
    expected: { matched: 1, modified, after: [{ _id: 'x', ...after }] },
    ...more,
  };
}

/** An update that is refused and changes nothing. */
function refused(name: string, before: Fields, update: object, code: number, more: Differences = {}): Case {
  return {
    name,
    documents: [{ _id: 'x', ...before }],
    run: { update: { _id: 'x' }, with: update },
    expected: refusal(code, before),
    ...more,
  };
}

function changed(after: Fields): object {
  return { matched: 1, modified: 1, after: [{ _id: 'x', ...after }] };
}

function refusal(error: number, before: Fields): object {
  return { error, after: [{ _id: 'x', ...before }] };
}

export const setting: Subject = {
  subject: '$set and $unset',
  cases: [
    changes('a new field goes last', { a: 1 }, { $set: { b: 2 } }, { a: 1, b: 2 }),
    changes(
      'over a value of another type, in its place',
      { a: 1, b: 1 },
      { $set: { a: 'x' } },
      { a: 'x', b: 1 },
    ),
    changes('below a document', { a: { b: 1 } }, { $set: { 'a.c': 2 } }, { a: { b: 1, c: 2 } }),
    changes('makes what is on the way', {}, { $set: { 'a.b.c': 1 } }, { a: { b: { c: 1 } } }),
    changes('several new fields, by name', {}, { $set: { c: 1, a: 2, b: 3 } }, { a: 2, b: 3, c: 1 }),
    changes('a numbered field of a document', { a: {} }, { $set: { 'a.0': 9 } }, { a: { 0: 9 } }),
    changes('the same value changes nothing', { a: 1 }, { $set: { a: 1 } }, { a: 1 }),
    changes('nothing', { a: 1 }, { $set: {} }, { a: 1 }),
    changes('null is a value', { a: 1 }, { $set: { a: null } }, { a: null }),
    changes(
      'a number of another type is another value',
      { a: 5 },
      { $set: { a: new Double(5) } },
      { a: new Double(5) },
    ),
    changes(
      'an object in place of another',
      { a: { b: 1, c: 1 } },
      { $set: { a: { b: 2 } } },
      { a: { b: 2 } },
    ),
    changes('takes a field away', { a: 1, b: 2 }, { $unset: { a: '' } }, { b: 2 }),
    changes('$unset of what is not there', { b: 2 }, { $unset: { a: '', 'c.d': '' } }, { b: 2 }),
    changes('$unset below a document', { a: { b: 1, c: 2 } }, { $unset: { 'a.b': '' } }, { a: { c: 2 } }),
    changes(
      '$unset of the last field leaves an empty document',
      { a: { b: 1 } },
      { $unset: { 'a.b': '' } },
      { a: {} },
    ),
    changes('$setOnInsert of a document that is there', { a: 1 }, { $setOnInsert: { a: 2, b: 3 } }, { a: 1 }),
    refused('below a value', { a: 1 }, { $set: { 'a.b': 1 } }, 28),
    refused('below null', { a: null }, { $set: { 'a.b': 1 } }, 28),
    refused('a name in an array', { a: [1] }, { $set: { 'a.b': 1 } }, 28),
    refused('_id', {}, { $set: { _id: 'other' } }, 66),
    changes('_id to what it is', {}, { $set: { _id: 'x' } }, {}),
    refused('$unset of _id', {}, { $unset: { _id: '' } }, 66),
    refused('an empty part of a path', {}, { $set: { 'a..b': 1 } }, 56),
  ],
};

export const counting: Subject = {
  subject: '$inc and $max',
  cases: [
    changes('$inc', { a: 1 }, { $inc: { a: 2 } }, { a: 3 }),
    changes('$inc of what is not there', {}, { $inc: { 'a.b': -2 } }, { a: { b: -2 } }),
    changes('$inc by a fraction makes a double', { a: 1 }, { $inc: { a: 0.5 } }, { a: 1.5 }),
    changes(
      '$inc of a double by an int stays one',
      { a: new Double(1) },
      { $inc: { a: 1 } },
      { a: new Double(2) },
    ),
    changes(
      '$inc by a long makes a long',
      { a: 1 },
      { $inc: { a: Long.fromNumber(1) } },
      { a: Long.fromNumber(2) },
    ),
    changes(
      '$inc over the end of int32 makes a long',
      { a: 2147483647 },
      { $inc: { a: 1 } },
      { a: Long.fromString('2147483648') },
    ),
    changes(
      '$inc of a large long is exact',
      { a: Long.fromString('9007199254740993') },
      { $inc: { a: 2 } },
      { a: Long.fromString('9007199254740995') },
    ),
    changes(
      '$inc by 0 changes nothing',
      { a: 1 },
      { $inc: { a: 0 } },
      { a: 1 },
      { ferretdb: { why: 'counts it as a change', gives: changed({ a: 1 }) } },
    ),
    refused('$inc of a string', { a: 'x' }, { $inc: { a: 1 } }, 14),
    refused('$inc of null', { a: null }, { $inc: { a: 1 } }, 14),
    refused('$inc by a string', { a: 1 }, { $inc: { a: 'x' } }, 14),
    refused('$inc over the end of int64', { a: Long.MAX_VALUE }, { $inc: { a: Long.fromNumber(1) } }, 2),
    changes('$max higher', { a: 5 }, { $max: { a: 7 } }, { a: 7 }),
    changes('$max lower', { a: 5 }, { $max: { a: 3 } }, { a: 5 }),
    changes('$max of a date', { a: new Date(1) }, { $max: { a: new Date(2) } }, { a: new Date(2) }),
    changes('$max across types', { a: 5 }, { $max: { a: 'x' } }, { a: 'x' }),
  ],
};

export const arrays: Subject = {
  subject: '$push and $addToSet',
  cases: [
    changes('$push', { a: [1] }, { $push: { a: 2 } }, { a: [1, 2] }),
    changes('$push of a first one', {}, { $push: { a: 2 } }, { a: [2] }),
    changes('$push with $each', { a: [1] }, { $push: { a: { $each: [2, 3] } } }, { a: [1, 2, 3] }),
    changes('$push with $each of nothing', { a: [1] }, { $push: { a: { $each: [] } } }, { a: [1] }),
    changes(
      '$push of an array',
      { a: [1] },
      { $push: { a: [2] } },
      { a: [1, [2]] },
      { ferretdb: { why: 'stores no array directly in an array', gives: refusal(2, { a: [1] }) } },
    ),
    changes('$push below a document', { a: { b: [] } }, { $push: { 'a.b': 1 } }, { a: { b: [1] } }),
    changes('$addToSet of a new one', { a: [1] }, { $addToSet: { a: 2 } }, { a: [1, 2] }),
    changes('$addToSet of a known one', { a: [1] }, { $addToSet: { a: 1 } }, { a: [1] }),
    changes('$addToSet of a first one', {}, { $addToSet: { a: 1 } }, { a: [1] }),
    changes(
      '$addToSet of an equal number of another type',
      { a: [1] },
      { $addToSet: { a: new Double(1) } },
      { a: [1] },
    ),
    changes('$addToSet with $each', { a: [1] }, { $addToSet: { a: { $each: [1, 2, 2] } } }, { a: [1, 2] }),
    changes(
      '$addToSet of a known document',
      { a: [{ x: 1 }] },
      { $addToSet: { a: { x: 1 } } },
      { a: [{ x: 1 }] },
    ),
    refused('$push to a value', { a: 1 }, { $push: { a: 1 } }, 2),
    refused('$push to null', { a: null }, { $push: { a: 1 } }, 2),
    refused('$push of $each without an array', {}, { $push: { a: { $each: 1 } } }, 2),
    refused('$addToSet to a value', { a: 1 }, { $addToSet: { a: 1 } }, 2),
    refused('$addToSet of $each without an array', {}, { $addToSet: { a: { $each: 1 } } }, 14),
  ],
};

export const whole: Subject = {
  subject: 'a whole update',
  cases: [
    changes(
      'of several operators',
      { a: 1, b: 1 },
      { $inc: { a: 1 }, $unset: { b: '' }, $set: { c: 1 } },
      { a: 2, c: 1 },
    ),
    refused('with two operators on one field', { a: 1 }, { $set: { a: 1 }, $inc: { a: 1 } }, 40),
    refused('of a field and of one below it', {}, { $set: { a: {} }, $inc: { 'a.b': 1 } }, 40),
    refused('that fails half-way changes nothing', { a: 1, b: 'x' }, { $inc: { a: 1, b: 1 } }, 14),
    refused('with an unknown operator', {}, { $foo: { a: 1 } }, 9),
    refused('with an operator without fields', {}, { $set: 5 }, 9),
    changes(
      'keeps the types of what it does not touch',
      {
        n: 1,
        long: Long.fromString('9007199254740993'),
        whole: new Double(5),
        bytes: new Binary(Buffer.of(1), 4),
      },
      { $inc: { n: 1 } },
      {
        n: 2,
        long: Long.fromString('9007199254740993'),
        whole: new Double(5),
        bytes: new Binary(Buffer.of(1), 4),
      },
    ),
    changes('keeps an int32 an int32', { n: new Int32(1), m: 2 }, { $set: { m: 3 } }, { n: 1, m: 3 }),
    {
      name: 'of no document',
      documents: [{ _id: 'x', a: 1 }],
      run: { update: { a: 2 }, with: { $set: { a: 3 } } },
      expected: { matched: 0, modified: 0, after: [{ _id: 'x', a: 1 }] },
    },
    {
      name: 'of one of several: the first by _id when they are asked for by it',
      documents: [
        { _id: 1, a: 1 },
        { _id: 2, a: 2 },
      ],
      run: { update: { _id: 2 }, with: { $set: { a: 3 } } },
      expected: {
        matched: 1,
        modified: 1,
        after: [
          { _id: 1, a: 1 },
          { _id: 2, a: 3 },
        ],
      },
    },
    {
      name: 'of many, counting those found and those changed',
      documents: [
        { _id: 1, a: 1 },
        { _id: 2, a: 1, b: 1 },
        { _id: 3, a: 2 },
      ],
      run: { update: { a: 1 }, with: { $set: { b: 1 } }, many: true },
      expected: {
        matched: 2,
        modified: 1,
        after: [
          { _id: 1, a: 1, b: 1 },
          { _id: 2, a: 1, b: 1 },
          { _id: 3, a: 2 },
        ],
      },
    },
    {
      name: 'by replacement keeps the _id',
      documents: [{ _id: 'x', a: 1 }],
      run: { replace: { a: 1 }, with: { b: 2 } },
      expected: { matched: 1, modified: 1, after: [{ _id: 'x', b: 2 }] },
    },
    {
      name: 'by replacement with another _id',
      documents: [{ _id: 'x', a: 1 }],
      run: { replace: { a: 1 }, with: { _id: 'y', b: 2 } },
      expected: refusal(66, { a: 1 }),
    },
    {
      name: 'by replacement with the same changes nothing',
      documents: [{ _id: 'x', a: 1 }],
      run: { replace: { _id: 'x' }, with: { a: 1 } },
      expected: { matched: 1, modified: 0, after: [{ _id: 'x', a: 1 }] },
      ferretdb: { why: 'counts it as a change', gives: changed({ a: 1 }) },
    },
  ],
};
