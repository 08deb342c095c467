import { Double } from 'mongodb';
import type { Case, Subject } from './case.ts';
import { duplicateUnnamed } from './differences.ts';

type Differences = Pick<Case, 'embedded' | 'ferretdb'>;

const uniquePair = [{ key: { 'a.b': 1, c: 1 }, unique: true }] as Case['indexes'] & object;
const uniqueA = [{ key: { a: 1 }, unique: true }] as Case['indexes'] & object;
const one = [{ _id: 1, a: 1 }];

function refuses(
  name: string,
  createIndex: object,
  options: object,
  error: number,
  more: Differences = {},
): Case {
  return {
    name,
    documents: [{ _id: 1 }],
    indexes: [{ key: { taken: 1 } }],
    run: { createIndex, options },
    expected: { error },
    ...more,
  };
}

export const uniqueness: Subject = {
  subject: 'unique indexes',
  cases: [
    {
      name: 'refuse a second one and name the key',
      documents: one,
      indexes: uniqueA,
      run: { insert: [{ _id: 2, a: 1 }] },
      expected: { error: 11000, keyPattern: { a: 1 }, keyValue: { a: 1 }, after: one },
      ferretdb: duplicateUnnamed(one),
    },
    {
      name: 'hold an equal number of another type for the same',
      documents: one,
      indexes: uniqueA,
      run: { insert: [{ _id: 2, a: new Double(1) }] },
      expected: { error: 11000, keyPattern: { a: 1 }, keyValue: { a: 1 }, after: one },
      ferretdb: duplicateUnnamed(one),
    },
    {
      name: 'hold missing for null: a second document without the field is refused',
      documents: [{ _id: 1, a: null }],
      indexes: uniqueA,
      run: { insert: [{ _id: 2 }] },
      expected: { error: 11000, keyPattern: { a: 1 }, keyValue: { a: null }, after: [{ _id: 1, a: null }] },
      ferretdb: {
        why: 'a unique index lets several documents without the field in',
        gives: { inserted: 1, after: [{ _id: 1, a: null }, { _id: 2 }] },
      },
    },
    {
      name: 'over two fields refuse only both together',
      documents: [{ _id: 1, a: { b: 1 }, c: 1 }],
      indexes: uniquePair,
      run: {
        insert: [
          { _id: 2, a: { b: 1 }, c: 2 },
          { _id: 3, a: { b: 1 }, c: 1 },
        ],
      },
      expected: {
        error: 11000,
        at: [{ index: 1, code: 11000 }],
        after: [
          { _id: 1, a: { b: 1 }, c: 1 },
          { _id: 2, a: { b: 1 }, c: 2 },
        ],
      },
    },
    {
      name: 'over two fields name both',
      documents: [{ _id: 1, a: { b: 1 }, c: 'x' }],
      indexes: uniquePair,
      run: { insert: [{ _id: 2, a: { b: 1 }, c: 'x' }] },
      expected: {
        error: 11000,
        keyPattern: { 'a.b': 1, c: 1 },
        keyValue: { 'a.b': 1, c: 'x' },
        after: [{ _id: 1, a: { b: 1 }, c: 'x' }],
      },
      ferretdb: duplicateUnnamed([{ _id: 1, a: { b: 1 }, c: 'x' }]),
    },
    {
      name: 'refuse an update into a duplicate',
      documents: [
        { _id: 1, a: 'x' },
        { _id: 2, a: 'y' },
      ],
      indexes: uniqueA,
      run: { update: { _id: 2 }, with: { $set: { a: 'x' } } },
      expected: {
        error: 11000,
        keyPattern: { a: 1 },
        keyValue: { a: 'x' },
        after: [
          { _id: 1, a: 'x' },
          { _id: 2, a: 'y' },
        ],
      },
      ferretdb: {
        why: 'an update into a duplicate is refused as an internal error',
        gives: {
          error: 1,
          after: [
            { _id: 1, a: 'x' },
            { _id: 2, a: 'y' },
          ],
        },
      },
    },
    {
      name: 'let a document keep its own key in an update',
      documents: [{ _id: 1, a: 'x' }],
      indexes: uniqueA,
      run: { update: { _id: 1 }, with: { $set: { a: 'x', b: 1 } } },
      expected: { matched: 1, modified: 1, after: [{ _id: 1, a: 'x', b: 1 }] },
    },
    {
      name: 'are not made over duplicates',
      documents: [
        { _id: 1, a: 1 },
        { _id: 2, a: 1 },
      ],
      run: { createIndex: { a: 1 }, options: { unique: true } },
      expected: { error: 11000, keyPattern: { a: 1 }, keyValue: { a: 1 } },
      ferretdb: { why: 'the duplicates are told as an internal error', gives: { error: 1 } },
    },
    {
      name: 'on _id hold an equal number of another type for the same',
      documents: [{ _id: 1 }],
      run: { insert: [{ _id: new Double(1) }] },
      expected: {
        error: 11000,
        keyPattern: { _id: 1 },
        keyValue: { _id: 1 },
        after: [{ _id: 1 }],
      },
      ferretdb: duplicateUnnamed([{ _id: 1 }]),
    },
  ],
};

export const indexing: Subject = {
  subject: 'indexes',
  cases: [
    {
      name: 'are listed with their key, name and uniqueness',
      documents: one,
      indexes: [{ key: { a: 1, b: -1 }, unique: true }],
      run: { indexes: true },
      expected: [
        { v: 2, key: { _id: 1 }, name: '_id_' },
        { v: 2, key: { a: 1, b: -1 }, name: 'a_1_b_-1', unique: true },
      ],
    },
    {
      name: 'are made once: asking again for the same is no error',
      documents: one,
      indexes: [{ key: { a: 1 } }],
      run: { createIndex: { a: 1 } },
      expected: 'a_1',
    },
    {
      name: 'can be made before there are documents',
      indexes: [{ key: { a: 1 } }],
      run: { insert: [{ _id: 1, a: 1 }] },
      expected: { inserted: 1, after: one },
    },
    {
      name: 'over an array find each element, and the document once',
      documents: [
        { _id: 'x', a: [1, 2, 3] },
        { _id: 'y', a: 2 },
      ],
      indexes: [{ key: { a: 1 } }],
      run: { ids: { a: { $gte: 1 } } },
      expected: ['x', 'y'],
    },
    {
      name: 'over an array of documents find each',
      documents: [
        { _id: 'x', a: [{ b: 1 }, { b: 2 }] },
        { _id: 'y', a: { b: 3 } },
      ],
      indexes: [{ key: { 'a.b': 1 } }],
      run: { ids: { 'a.b': 2 } },
      expected: ['x'],
    },
    {
      name: 'find missing by null',
      documents: [{ _id: 'x', a: null }, { _id: 'y' }, { _id: 'z', a: 1 }],
      indexes: [{ key: { a: 1 } }],
      run: { ids: { a: null } },
      expected: ['x', 'y'],
    },
    {
      name: 'over long values find them exactly',
      documents: [
        { _id: 'x', a: `${'l'.repeat(3000)}1` },
        { _id: 'y', a: `${'l'.repeat(3000)}2` },
      ],
      indexes: [{ key: { a: 1 } }],
      run: { ids: { a: { $gt: `${'l'.repeat(3000)}1` } } },
      expected: ['y'],
    },
    {
      name: 'refuse two arrays in one key',
      documents: one,
      indexes: [{ key: { a: 1, b: 1 } }],
      run: { insert: [{ _id: 2, a: [1], b: [2] }] },
      expected: { error: 171, after: one },
      ferretdb: {
        why: 'indexes no array, so it refuses none',
        gives: { inserted: 1, after: [...one, { _id: 2, a: [1], b: [2] }] },
      },
    },
    refuses('another name with the same key', { taken: 1 }, { name: 'other' }, 85),
    refuses('the same name with another key', { a: 1 }, { name: 'taken_1' }, 86),
    refuses('the same key and name, now unique', { taken: 1 }, { unique: true }, 86, {
      ferretdb: { why: 'keeps the index as it is and says nothing', gives: 'taken_1' },
    }),
    refuses('a direction of 0', { a: 0 }, {}, 67, {
      ferretdb: { why: 'another code', gives: { error: 238 } },
    }),
    refuses('an unknown kind', { a: 'foo' }, {}, 67, {
      ferretdb: { why: 'another code', gives: { error: 27 } },
    }),
    refuses('an empty key', {}, {}, 67),
    {
      name: 'of a collection that is not there are not listed',
      run: { command: { listIndexes: '$things' }, show: [] },
      expected: { error: 26 },
    },
  ],
};
