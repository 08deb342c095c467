import type { Subject } from './case.ts';
import { duplicateUnnamed } from './differences.ts';

const there = [{ _id: 'x', rev: 2 }];

export const upserts: Subject = {
  subject: 'upserts',
  cases: [
    {
      name: 'take equalities of the filter, $set and $setOnInsert into the new document',
      run: {
        update: { _id: 'x', a: 1, c: { $gt: 5 } },
        with: { $set: { f: 1 }, $setOnInsert: { g: 2 } },
        upsert: true,
      },
      expected: { matched: 0, modified: 0, upserted: 1, after: [{ _id: 'x', a: 1, f: 1, g: 2 }] },
    },
    {
      name: 'take $eq and $and of the filter into the new document',
      run: {
        update: { _id: 'x', b: { $eq: 2 }, $and: [{ e: 'y' }] },
        with: { $set: { f: 1 } },
        upsert: true,
      },
      expected: { matched: 0, modified: 0, upserted: 1, after: [{ _id: 'x', b: 2, e: 'y', f: 1 }] },
      ferretdb: {
        why: 'takes nothing from $and',
        gives: { matched: 0, modified: 0, upserted: 1, after: [{ _id: 'x', b: 2, f: 1 }] },
      },
    },
    {
      name: 'take a path of the filter as one',
      run: { update: { _id: 'x', 'b.c': 2 }, with: { $set: { f: 1 } }, upsert: true },
      expected: { matched: 0, modified: 0, upserted: 1, after: [{ _id: 'x', b: { c: 2 }, f: 1 }] },
    },
    {
      name: 'take nothing from $or',
      run: { update: { _id: 'x', $or: [{ a: 1 }, { b: 1 }] }, with: { $set: { f: 1 } }, upsert: true },
      expected: { matched: 0, modified: 0, upserted: 1, after: [{ _id: 'x', f: 1 }] },
    },
    {
      name: 'insert null and empty arrays',
      run: { update: { _id: 'x' }, with: { $setOnInsert: { a: null, b: [], c: {} } }, upsert: true },
      expected: { matched: 0, modified: 0, upserted: 1, after: [{ _id: 'x', a: null, b: [], c: {} }] },
      ferretdb: {
        why: '`$setOnInsert` leaves them out',
        gives: { matched: 0, modified: 0, upserted: 1, after: [{ _id: 'x', c: {} }] },
      },
    },
    {
      name: 'count from nothing',
      run: { update: { _id: 'x' }, with: { $inc: { n: 1 }, $max: { m: 5 }, $push: { l: 1 } }, upsert: true },
      expected: { matched: 0, modified: 0, upserted: 1, after: [{ _id: 'x', l: [1], m: 5, n: 1 }] },
    },
    {
      name: 'change what is there, and leave $setOnInsert',
      documents: there,
      run: { update: { _id: 'x' }, with: { $inc: { rev: 1 }, $setOnInsert: { a: 1 } }, upsert: true },
      expected: { matched: 1, modified: 1, after: [{ _id: 'x', rev: 3 }] },
    },
    {
      name: 'insert a replacement with the _id of the filter',
      run: { replace: { _id: 'x', old: 1 }, with: { a: 1 }, upsert: true },
      expected: { matched: 0, modified: 0, upserted: 1, after: [{ _id: 'x', a: 1 }] },
    },
    {
      name: 'insert a replacement with its own _id',
      run: { replace: { old: 1 }, with: { _id: 'y', a: 1 }, upsert: true },
      expected: { matched: 0, modified: 0, upserted: 1, after: [{ _id: 'y', a: 1 }] },
    },
    {
      name: 'meet a duplicate where the _id is there and the rest of the filter is not',
      documents: there,
      run: { update: { _id: 'x', rev: 1 }, with: { $set: { a: 1 } }, upsert: true },
      expected: { error: 11000, keyPattern: { _id: 1 }, keyValue: { _id: 'x' }, after: there },
      ferretdb: duplicateUnnamed(there),
    },
    {
      name: 'meet a duplicate by replacement, too',
      documents: there,
      run: { replace: { _id: 'x', rev: { $lte: 1 } }, with: { rev: 1 }, upsert: true },
      expected: { error: 11000, keyPattern: { _id: 1 }, keyValue: { _id: 'x' }, after: there },
      ferretdb: duplicateUnnamed(there),
    },
    {
      name: 'meet a duplicate through findAndModify, too: how a lease that another holds is refused',
      documents: [{ _id: 'lease', owner: 'a', until: 5 }],
      run: {
        modify: { _id: 'lease', $or: [{ until: { $lte: 3 } }, { owner: 'b' }] },
        with: { $set: { owner: 'b' }, $inc: { fence: 1 } },
        upsert: true,
      },
      expected: {
        error: 11000,
        keyPattern: { _id: 1 },
        keyValue: { _id: 'lease' },
        after: [{ _id: 'lease', owner: 'a', until: 5 }],
      },
      ferretdb: duplicateUnnamed([{ _id: 'lease', owner: 'a', until: 5 }]),
    },
    {
      name: 'through findAndModify give null before and the document after',
      run: { modify: { _id: 'x' }, with: { $inc: { n: 1 } }, upsert: true, returns: 'after' },
      expected: { value: { _id: 'x', n: 1 }, after: [{ _id: 'x', n: 1 }] },
    },
    {
      name: 'through findAndModify give null where nothing was before',
      run: { modify: { _id: 'x' }, with: { $inc: { n: 1 } }, upsert: true },
      expected: { value: null, after: [{ _id: 'x', n: 1 }] },
    },
    {
      name: 'refuse an operator on the _id they would insert',
      run: { update: { _id: 'x' }, with: { $set: { _id: 'y' } }, upsert: true },
      expected: { error: 66, after: [] },
    },
  ],
};

const numbers = [
  { _id: 1, n: 2 },
  { _id: 2, n: 1 },
  { _id: 3, n: 3 },
];

export const writing: Subject = {
  subject: 'findAndModify, deletes and inserts',
  cases: [
    {
      name: 'findAndModify gives the document before',
      documents: [{ _id: 'x', a: 1 }],
      run: { modify: { _id: 'x' }, with: { $inc: { a: 1 } } },
      expected: { value: { _id: 'x', a: 1 }, after: [{ _id: 'x', a: 2 }] },
    },
    {
      name: 'findAndModify gives the document after',
      documents: [{ _id: 'x', a: 1 }],
      run: { modify: { _id: 'x' }, with: { $inc: { a: 1 } }, returns: 'after' },
      expected: { value: { _id: 'x', a: 2 }, after: [{ _id: 'x', a: 2 }] },
    },
    {
      name: 'findAndModify takes the first by the sort',
      documents: numbers,
      run: { modify: { t: null }, with: { $set: { t: 1 } }, sort: { n: -1 } },
      expected: {
        value: { _id: 3, n: 3 },
        after: [
          { _id: 1, n: 2 },
          { _id: 2, n: 1 },
          { _id: 3, n: 3, t: 1 },
        ],
      },
    },
    {
      name: 'findAndModify of nothing gives null',
      documents: numbers,
      run: { modify: { n: 9 }, with: { $set: { t: 1 } } },
      expected: { value: null, after: numbers },
    },
    {
      name: 'findAndModify sets a document and takes away what is not there',
      documents: [{ _id: 'x', a: 1 }],
      run: { modify: { _id: 'x' }, with: { $set: { a: { b: 2 } }, $unset: { c: '' } }, returns: 'after' },
      expected: { value: { _id: 'x', a: { b: 2 } }, after: [{ _id: 'x', a: { b: 2 } }] },
    },
    {
      name: 'findAndModify refuses $inc of a string',
      documents: [{ _id: 'x', a: 'y' }],
      run: { modify: { _id: 'x' }, with: { $inc: { a: 1 } } },
      expected: { error: 14, after: [{ _id: 'x', a: 'y' }] },
    },
    {
      name: 'findAndModify removes the first by the sort',
      documents: numbers,
      run: { remove: {}, sort: { n: 1 } },
      expected: {
        value: { _id: 2, n: 1 },
        after: [
          { _id: 1, n: 2 },
          { _id: 3, n: 3 },
        ],
      },
    },
    {
      name: 'a delete of one',
      documents: numbers,
      run: { delete: { n: { $lt: 2 } } },
      expected: {
        deleted: 1,
        after: [
          { _id: 1, n: 2 },
          { _id: 3, n: 3 },
        ],
      },
    },
    {
      name: 'a delete of many',
      documents: numbers,
      run: { delete: { n: { $gt: 1 } }, many: true },
      expected: { deleted: 2, after: [{ _id: 2, n: 1 }] },
    },
    {
      name: 'a delete of nothing',
      documents: numbers,
      run: { delete: { n: 9 }, many: true },
      expected: { deleted: 0, after: numbers },
    },
    {
      name: 'an insert stops at the first duplicate when ordered',
      run: { insert: [{ _id: 1 }, { _id: 1 }, { _id: 2 }] },
      expected: { error: 11000, at: [{ index: 1, code: 11000 }], after: [{ _id: 1 }] },
    },
    {
      name: 'an insert goes on after a duplicate when not ordered',
      documents: [{ _id: 2 }],
      run: { insert: [{ _id: 1 }, { _id: 1 }, { _id: 2 }, { _id: 3 }], ordered: false },
      expected: {
        error: 11000,
        at: [
          { index: 1, code: 11000 },
          { index: 2, code: 11000 },
        ],
        after: [{ _id: 1 }, { _id: 2 }, { _id: 3 }],
      },
    },
    {
      name: 'an insert of a duplicate names the key',
      documents: [{ _id: 'x' }],
      run: { insert: [{ _id: 'x' }] },
      expected: { error: 11000, keyPattern: { _id: 1 }, keyValue: { _id: 'x' }, after: [{ _id: 'x' }] },
      ferretdb: duplicateUnnamed([{ _id: 'x' }]),
    },
    {
      name: 'an insert keeps empty documents, arrays and strings',
      run: { insert: [{ _id: 1, a: {}, b: [], c: '' }] },
      expected: { inserted: 1, after: [{ _id: 1, a: {}, b: [], c: '' }] },
    },
    {
      name: 'an insert puts _id first',
      run: { insert: [{ a: 1, _id: 1 }] },
      expected: { inserted: 1, after: [{ _id: 1, a: 1 }] },
    },
  ],
};
