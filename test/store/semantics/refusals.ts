import type { Case, Subject } from './case.ts';

type Differences = Pick<Case, 'embedded' | 'ferretdb'>;

const documents = [{ _id: 1, v: [1] }];

function filter(name: string, ids: object, error: number, more: Differences = {}): Case {
  return { name, documents, run: { ids }, expected: { error }, ...more };
}

function command(name: string, given: object, error: number, more: Differences = {}): Case {
  return { name, documents, run: { command: given, show: [] }, expected: { error }, ...more };
}

function insert(name: string, document: object, error: number, more: Differences = {}): Case {
  return { name, run: { insert: [document] }, expected: { error, after: [] }, ...more };
}

const deep = (levels: number) => Array.from({ length: levels }).reduce<object>((inner) => ({ a: inner }), {});

export const refusals: Subject = {
  subject: 'what is refused',
  cases: [
    filter('an unknown operator', { v: { $foo: 1 } }, 2),
    filter('an unknown operator at the top', { $foo: 1 }, 2),
    filter('$in without an array', { v: { $in: 5 } }, 2),
    filter('an operator in $in', { v: { $in: [{ $gt: 1 }] } }, 2),
    filter('an empty $and', { $and: [] }, 2),
    filter('$or with a value', { $or: [5] }, 2),
    filter('$and without an array', { $and: {} }, 2),
    command('an unknown command', { fooBar: 1 }, 59),
    command('an unknown field', { find: '$things', foo: 1 }, 40415, {
      ferretdb: { why: 'another code', gives: { error: 9 } },
    }),
    command('a filter of a wrong type', { find: '$things', filter: 5 }, 14),
    command('a negative limit', { find: '$things', limit: -1 }, 51024),
    command('a negative skip', { find: '$things', skip: -1 }, 51024),
    command('no documents to insert', { insert: '$things', documents: [] }, 16, {
      ferretdb: { why: 'inserts nothing and says nothing', gives: {} },
    }),
    command('a name of a collection with a dollar', { create: 'a$b' }, 73),
    command('an unknown field of another command', { dropDatabase: 2, foo: 1 }, 40415, {
      ferretdb: { why: 'passes over it', gives: {} },
    }),
    command(
      'a change stream',
      { aggregate: '$things', pipeline: [{ $changeStream: {} }], cursor: {} },
      40573,
      { ferretdb: { why: 'another code', gives: { error: 238 } } },
    ),
    command(
      'a transaction',
      { find: '$things', txnNumber: 1, autocommit: false, startTransaction: true },
      20,
      { ferretdb: { why: 'passes over the transaction', gives: {} } },
    ),
    insert('an array as _id', { _id: [1] }, 53),
    insert('an operator in _id', { _id: { $a: 1 } }, 52, {
      ferretdb: { why: 'another code', gives: { error: 2, after: [] } },
    }),
    insert('a document nested too deeply', { _id: 1, a: deep(190) }, 15, {
      ferretdb: { why: 'stores it', gives: { inserted: 1, after: [{ _id: 1, a: deep(190) }] } },
    }),
  ],
};
