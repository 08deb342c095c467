import { type Document, Long, ObjectId } from 'mongodb';
import type { Case, Subject } from './case.ts';
import { refusedAt } from './differences.ts';

type Differences = Pick<Case, 'embedded' | 'ferretdb'>;

/** Values in MongoDB's order. */
const inOrder: unknown[] = [
  null,
  -1.5,
  0,
  1,
  2.5,
  Long.fromString('9007199254740993'),
  1e300,
  '',
  'B',
  'a',
  'aa',
  'é',
  { a: 1 },
  { a: 1, b: 1 },
  { b: 0 },
  new ObjectId('000000000000000000000001'),
  new ObjectId('f00000000000000000000000'),
  false,
  true,
  new Date(-1),
  new Date(0),
];
const ordered = inOrder.map((v, _id) => ({ _id, v }));
const places = ordered.map(({ _id }) => _id);
const pairs = [
  { _id: 1, a: 1, b: 1 },
  { _id: 2, a: 1, b: 2 },
  { _id: 3, a: 2, b: 1 },
  { _id: 4, b: 5 },
];
const lists = [
  { _id: 1, v: [5, 1] },
  { _id: 2, v: 3 },
  { _id: 3, v: [2, 9] },
  { _id: 4, v: [] },
];

function sorts(
  name: string,
  documents: Document[],
  run: object,
  expected: number[],
  more: Differences = {},
): Case {
  return { name, documents, run: { ids: {}, ...run } as Case['run'], expected, ...more };
}

export const sorting: Subject = {
  subject: 'sorts',
  cases: [
    sorts('the order of types and values', [...ordered].reverse(), { sort: { v: 1 } }, places),
    sorts('the order of types and values, downwards', ordered, { sort: { v: -1 } }, [...places].reverse()),
    {
      ...sorts('the same by an index', [...ordered].reverse(), { sort: { v: 1 } }, places),
      indexes: [{ key: { v: 1 } }],
    },
    sorts('by two fields in two directions', pairs, { sort: { a: 1, b: -1 } }, [4, 2, 1, 3]),
    sorts('by two fields in the other directions', pairs, { sort: { a: -1, b: 1 } }, [3, 1, 2, 4]),
    {
      ...sorts('by two fields against their index', pairs, { sort: { a: -1, b: 1 } }, [3, 1, 2, 4]),
      indexes: [{ key: { a: 1, b: -1 } }],
    },
    sorts(
      'missing as null',
      [{ _id: 1, v: 0 }, { _id: 2 }, { _id: 3, v: null }],
      { sort: { v: -1, _id: 1 } },
      [1, 2, 3],
    ),
    sorts(
      'by a path',
      [
        { _id: 1, a: { b: 2 } },
        { _id: 2, a: { b: 1 } },
        { _id: 3, a: 5 },
      ],
      { sort: { 'a.b': 1 } },
      [3, 2, 1],
    ),
    sorts('an array by its smallest element upwards', lists, { sort: { v: 1 } }, [4, 1, 3, 2]),
    sorts('an array by its largest element downwards', lists, { sort: { v: -1 } }, [3, 1, 2, 4]),
    sorts('skip and limit', pairs, { sort: { _id: 1 }, skip: 1, limit: 2 }, [2, 3]),
    sorts('a limit of 0 is none', pairs, { sort: { _id: 1 }, limit: 0 }, [1, 2, 3, 4]),
    sorts('a skip past the end', pairs, { sort: { _id: 1 }, skip: 9 }, []),
    {
      ...sorts('a direction of 2', pairs, { sort: { a: 2 } }, []),
      run: { command: { find: '$things', sort: { a: 2 } }, show: [] },
      expected: { error: 15975 },
    },
    {
      ...sorts(
        'the infinite',
        [
          { _id: 1, v: Number.POSITIVE_INFINITY },
          { _id: 2, v: 0 },
          { _id: 3, v: Number.NEGATIVE_INFINITY },
        ],
        { sort: { v: 1 } },
        [3, 2, 1],
      ),
      ferretdb: { why: 'stores no infinite number', gives: refusedAt(0, 2) },
    },
  ],
};

const whole = { _id: 1, a: 1, b: { c: 2, d: 3 }, e: [{ f: 4, g: 5 }, { f: 6 }, 7] };

function projects(name: string, projection: object, expected: object, more: Differences = {}): Case {
  return { name, documents: [whole], run: { find: {}, projection }, expected: [expected], ...more };
}

export const projections: Subject = {
  subject: 'projections',
  cases: [
    projects('nothing', {}, whole),
    projects('a field', { a: 1 }, { _id: 1, a: 1 }),
    projects('a field by true', { a: true }, { _id: 1, a: 1 }),
    projects('a field without _id', { _id: 0, a: 1 }, { a: 1 }),
    projects('_id alone', { _id: 1 }, { _id: 1 }),
    projects('fields in the order of the document', { b: 1, a: 1 }, { _id: 1, a: 1, b: { c: 2, d: 3 } }),
    projects('what is not there', { z: 1 }, { _id: 1 }),
  ],
};

const answers = [
  { _id: 1, cell: 'a', state: 'sent', n: 1, k: { x: 1 } },
  { _id: 2, cell: 'a', state: 'sent', n: 2.5 },
  { _id: 3, cell: 'a', state: 'planned', n: 'text' },
  { _id: 4, cell: 'b', state: 'sent', n: 4 },
  { _id: 5, cell: 'b' },
];

function gathers(name: string, aggregate: Document[], expected: unknown, more: Differences = {}): Case {
  return { name, documents: answers, run: { aggregate }, expected, ...more };
}

export const aggregation: Subject = {
  subject: 'aggregation',
  cases: [
    gathers(
      '$group by a field, counted with $sum',
      [{ $match: { cell: 'a', state: 'sent' } }, { $group: { _id: '$state', n: { $sum: 1 } } }],
      [{ _id: 'sent', n: 2 }],
    ),
    gathers(
      '$group by two fields',
      [
        { $match: { cell: 'a', state: 'sent' } },
        { $group: { _id: { c: '$cell', s: '$state' }, n: { $sum: 2 } } },
      ],
      [{ _id: { c: 'a', s: 'sent' }, n: 4 }],
    ),
    gathers(
      '$sort after $group',
      [{ $group: { _id: { c: '$cell' }, n: { $sum: 1 } } }, { $sort: { '_id.c': -1 } }],
      [
        { _id: { c: 'b' }, n: 2 },
        { _id: { c: 'a' }, n: 3 },
      ],
    ),
    gathers(
      '$group by a field that is missing: null',
      [{ $match: { cell: 'b', state: null } }, { $group: { _id: '$state', n: { $sum: 1 } } }],
      [{ _id: null, n: 1 }],
    ),
    gathers(
      '$sum leaves out what is no number',
      [{ $group: { _id: null, total: { $sum: '$n' } } }],
      [{ _id: null, total: 7.5 }],
    ),
    gathers(
      '$sum of nothing is 0',
      [{ $group: { _id: null, total: { $sum: '$z' } } }],
      [{ _id: null, total: 0 }],
    ),
    gathers('$group of all together', [{ $group: { _id: null, n: { $sum: 1 } } }], [{ _id: null, n: 5 }]),
    gathers('$group of nothing', [{ $match: { cell: 'z' } }, { $group: { _id: null, n: { $sum: 1 } } }], []),
    gathers(
      '$limit before $group',
      [{ $limit: 2 }, { $group: { _id: null, n: { $sum: 1 } } }],
      [{ _id: null, n: 2 }],
    ),
    gathers('no stage at all', [], answers),
    gathers(
      'an unknown stage',
      [{ $foo: {} }],
      { error: 40324 },
      { ferretdb: { why: 'another code', gives: { error: 40234 } } },
    ),
    gathers('two stages in one', [{ $match: {}, $limit: 1 }], { error: 40323 }),
    gathers('$group without _id', [{ $group: { n: { $sum: 1 } } }], { error: 15955 }),
    gathers('a $limit of 0', [{ $limit: 0 }], { error: 15958 }),
    gathers('a negative $skip', [{ $skip: -1 }], { error: 5107200 }),
    { name: 'countDocuments', documents: answers, run: { count: { cell: 'a' } }, expected: 3 },
    {
      name: 'countDocuments within skip and limit',
      documents: answers,
      run: { count: { cell: 'a' }, skip: 1, limit: 1 },
      expected: 1,
    },
    { name: 'countDocuments of nothing', documents: answers, run: { count: { cell: 'z' } }, expected: 0 },
    { name: 'distinct', documents: answers, run: { distinct: 'cell' }, expected: ['a', 'b'] },
    {
      name: 'distinct with a filter, without what is missing',
      documents: answers,
      run: { distinct: 'state', filter: { cell: 'b' } },
      expected: ['sent'],
    },
    {
      name: 'distinct looks into arrays',
      documents: [{ v: [1, 2] }, { v: 2 }, { v: [] }],
      run: { distinct: 'v' },
      expected: [1, 2],
    },
  ],
};
