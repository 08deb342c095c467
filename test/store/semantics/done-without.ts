import {
  BSONRegExp,
  type CreateIndexesOptions,
  Decimal128,
  type Document,
  Double,
  MinKey,
  Timestamp,
} from 'mongodb';
import type { Case, Subject } from './case.ts';

const one = [{ _id: 1, a: 1 }];
const named = [{ _id: 'x' }];
const listed = [{ _id: 1, a: [1, 2] }];

/** Something that the embedded store refuses by name, and FerretDB serves unless told otherwise. */
function without(
  name: string,
  given: Pick<Case, 'run' | 'expected'>,
  { refuses = name, ...more }: Partial<Case> & { refuses?: string } = {},
): Case {
  return { name, documents: one, embedded: { refuses }, ...given, ...more };
}

function index(
  refuses: string,
  given: { key: Document; options?: CreateIndexesOptions },
  expected: string,
  ferretdb?: number,
): Case {
  const { key: createIndex, options = {} } = given;
  const refused = { why: 'is refused', gives: { error: ferretdb } };
  return without(
    `an index: ${refuses}`,
    { run: { createIndex, options }, expected },
    { refuses, ...(ferretdb !== undefined && { ferretdb: refused }) },
  );
}

const notServed = (after?: object[]) => ({
  ferretdb: { why: 'is refused', gives: { error: 238, ...(after && { after }) } },
});

const closed = {
  ferretdb: { why: 'closes the connection', gives: { error: 'connection closed', after: [] } },
};

/** What MongoDB serves and the product does without, because not every store serves it. */
export const doneWithout: Subject = {
  subject: 'what the product does without',
  cases: [
    index(
      'partialFilterExpression',
      { key: { a: 1 }, options: { partialFilterExpression: { a: 1 } } },
      'a_1',
      238,
    ),
    index('sparse', { key: { a: 1 }, options: { sparse: true } }, 'a_1'),
    index('expireAfterSeconds', { key: { a: 1 }, options: { expireAfterSeconds: 5 } }, 'a_1', 238),
    index('text', { key: { a: 'text' } }, 'a_text', 27),
    index('hashed', { key: { a: 'hashed' } }, 'a_hashed', 27),
    without(
      '$pull',
      { run: { update: {}, with: { $pull: { a: 1 } } }, expected: changed({ a: [2] }) },
      { documents: listed },
    ),
    without(
      '$push with $slice',
      {
        run: { update: {}, with: { $push: { a: { $each: [3], $slice: -2 } } } },
        expected: changed({ a: [2, 3] }),
      },
      {
        refuses: '$slice',
        documents: listed,
        ferretdb: { why: 'passes over $slice', gives: changed({ a: [1, 2, 3] }) },
      },
    ),
    without('$rename', { run: { update: {}, with: { $rename: { a: 'b' } } }, expected: changed({ b: 1 }) }),
    without('$mul', { run: { update: {}, with: { $mul: { a: 3 } } }, expected: changed({ a: 3 }) }),
    without('$min', { run: { update: {}, with: { $min: { a: 0 } } }, expected: changed({ a: 0 }) }),
    without('$currentDate', {
      run: { update: { _id: 'nobody' }, with: { $currentDate: { a: true } } },
      expected: { matched: 0, modified: 0, after: one },
    }),
    without(
      'a place in an array set',
      { run: { update: {}, with: { $set: { 'a.1': { b: 1 } } } }, expected: changed({ a: [1, { b: 1 }] }) },
      { refuses: 'a.1', documents: listed },
    ),
    without(
      'a place in an array passed through',
      {
        run: { update: {}, with: { $set: { 'a.0.b': 2 } } },
        expected: changed({ a: [{ b: 2 }] }),
      },
      { refuses: 'a.0.b', documents: [{ _id: 1, a: [{ b: 1 }] }] },
    ),
    without('$nin', { run: { ids: { a: { $nin: [2] } } }, expected: [1] }),
    without('$nor', { run: { ids: { $nor: [{ a: 2 }] } }, expected: [1] }),
    without('$not', { run: { ids: { a: { $not: { $gt: 1 } } } }, expected: [1] }),
    without('$size', { run: { ids: { a: { $size: 2 } } }, expected: [1] }, { documents: listed }),
    without(
      '$elemMatch',
      { run: { ids: { a: { $elemMatch: { $gt: 1, $lt: 3 } } } }, expected: [1] },
      { documents: listed },
    ),
    without('$regex', { run: { ids: { _id: { $regex: '^x' } } }, expected: ['x'] }, { documents: named }),
    without(
      'a regex',
      { run: { ids: { _id: /^x/ } }, expected: ['x'] },
      { documents: named, refuses: 'RegExp' },
    ),
    without('$mod', { run: { ids: { a: { $mod: [2, 1] } } }, expected: [1] }),
    without('$type', { run: { ids: { a: { $type: 'int' } } }, expected: [1] }),
    without('$all', { run: { ids: { a: { $all: [2, 1] } } }, expected: [1] }, { documents: listed }),
    without('$expr', { run: { ids: { $expr: { $eq: ['$a', '$_id'] } } }, expected: [1] }, notServed()),
    without(
      '$avg',
      {
        run: { aggregate: [{ $group: { _id: null, a: { $avg: '$a' } } }] },
        expected: [{ _id: null, a: new Double(1) }],
      },
      notServed(),
    ),
    without(
      '$max as accumulator',
      { run: { aggregate: [{ $group: { _id: null, a: { $max: '$a' } } }] }, expected: [{ _id: null, a: 1 }] },
      { refuses: '$max', ...notServed() },
    ),
    without(
      '$count as accumulator',
      { run: { aggregate: [{ $group: { _id: null, n: { $count: {} } } }] }, expected: [{ _id: null, n: 1 }] },
      { refuses: '$count' },
    ),
    without(
      '$group by a path',
      {
        run: { aggregate: [{ $group: { _id: '$a.b' } }] },
        expected: [{ _id: null }],
      },
      { refuses: '$a.b' },
    ),
    without(
      '$sort without $group',
      { run: { aggregate: [{ $sort: { a: 1 } }] }, expected: one },
      { refuses: '$sort' },
    ),
    without('$project', { run: { aggregate: [{ $project: { a: 1 } }] }, expected: one }),
    without(
      '$count as stage',
      { run: { aggregate: [{ $count: 'n' }] }, expected: [{ n: 1 }] },
      { refuses: '$count' },
    ),
    without('$match after $group', {
      run: { aggregate: [{ $group: { _id: '$a' } }, { $match: { _id: 1 } }] },
      expected: [{ _id: 1 }],
    }),
    without(
      'the count command',
      { run: { command: { count: '$things' }, show: ['n'] }, expected: { n: 1 } },
      { refuses: 'count' },
    ),
    without(
      'a projection of all but a field',
      { run: { find: {}, projection: { b: 0 } }, expected: one },
      { refuses: "'b'" },
    ),
    without(
      'a projection of all but _id',
      { run: { find: {}, projection: { _id: 0 } }, expected: [{ a: 1 }] },
      { refuses: "'_id'" },
    ),
    without(
      'a projection of a path',
      { run: { find: {}, projection: { 'a.b': 1 } }, expected: [{ _id: 1 }] },
      { refuses: 'a.b' },
    ),
    without(
      'the dropIndexes command',
      {
        run: { command: { dropIndexes: '$things', index: '*' }, show: ['nIndexesWas'] },
        expected: { nIndexesWas: 1 },
      },
      { refuses: 'dropIndexes' },
    ),
    without(
      '$unwind',
      {
        run: { aggregate: [{ $unwind: '$a' }] },
        expected: [
          { _id: 1, a: 1 },
          { _id: 1, a: 2 },
        ],
      },
      { documents: listed },
    ),
    without(
      '$lookup',
      {
        run: { aggregate: [{ $lookup: { from: 'x', localField: 'a', foreignField: 'b', as: 'c' } }] },
        expected: [{ _id: 1, a: 1, c: [] }],
      },
      notServed(),
    ),
    without(
      'a regex in $in',
      { run: { ids: { _id: { $in: [/^x/] } } }, expected: ['x'] },
      { documents: named, refuses: 'RegExp' },
    ),
    kept('a stored regex', new BSONRegExp('x', 'i'), 'BSONRegExp'),
    kept('a stored Timestamp', new Timestamp({ t: 1, i: 2 }), 'Timestamp'),
    kept('a stored MinKey', new MinKey(), 'MinKey', closed),
    kept('a stored Decimal128', Decimal128.fromString('1.5'), 'Decimal128', closed),
    unnamed('a name with a dot', { _id: 1, 'a.b': 1 }, 'a.b'),
    unnamed('a name with a dollar', { _id: 1, a: { $b: 1 } }, '$b'),
  ],
};

function changed(fields: object): object {
  return { matched: 1, modified: 1, after: [{ _id: 1, ...fields }] };
}

function kept(name: string, v: unknown, refuses: string, more: Partial<Case> = {}): Case {
  const documents = [{ _id: 1, v }];
  return {
    name,
    run: { insert: documents },
    expected: { inserted: 1, after: documents },
    embedded: { refuses },
    ...more,
  };
}

function unnamed(name: string, document: object, refuses: string): Case {
  return {
    name,
    run: { insert: [document] },
    expected: { inserted: 1, after: [document] },
    embedded: { refuses },
    ferretdb: { why: 'is refused', gives: { error: 2, after: [] } },
  };
}
