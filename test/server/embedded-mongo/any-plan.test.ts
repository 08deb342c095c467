import { expect } from 'chai';
import fc from 'fast-check';
import type { Collection, Document } from 'mongodb';
import { decode, encode } from '../../../server/embedded-mongo/bson.ts';
import { compileFilter } from '../../../server/embedded-mongo/filter.ts';
import { sortKeyOf } from '../../../server/embedded-mongo/keys.ts';
import { compileSort } from '../../../server/embedded-mongo/plan.ts';
import { times } from '../../support/long-form.ts';
import { useCollection } from './support.ts';

/** Few different values, of several types, so that filters match. */
const small: fc.Arbitrary<unknown> = fc.constantFrom(null, 0, 1, 2, 3, 2.5, 'a', 'a\0', 'b', true);
const field: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: small },
  { weight: 2, arbitrary: fc.array(small, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constant(undefined) },
);
const condition: fc.Arbitrary<unknown> = fc.oneof(
  small,
  small.map((v) => ({ $gt: v })),
  small.map((v) => ({ $lte: v })),
  fc.tuple(small, small).map(([low, high]) => ({ $gte: low, $lt: high })),
  fc.array(small, { maxLength: 4 }).map((list) => ({ $in: list })),
  small.map((v) => ({ $ne: v })),
);
const name = fc.constantFrom('a', 'b', 'c');
const filter = fc.dictionary(name, condition, { maxKeys: 3, noNullPrototype: true });
const sort = fc.dictionary(name, fc.constantFrom(1 as const, -1 as const), {
  maxKeys: 2,
  noNullPrototype: true,
});

interface Query {
  filter: Record<string, unknown>;
  sort: Record<string, 1 | -1>;
  isTotal: boolean;
}

/** The keys in which the documents should come; those of equal ones say nothing about their order. */
function sortKeys(documents: Document[], order: object): string[] {
  const pattern = compileSort(decode(encode(order)));
  return documents.map((document) => sortKeyOf(decode(encode(document)), pattern));
}

describe('any plan', () => {
  const collection = useCollection();

  it('finds a document once, also where the keys of two listed strings interleave', async () => {
    await collection().insertMany([{ a: 'a' }, { a: 'a\u0000' }, { a: 'a\u0000b' }]);
    await collection().createIndex({ a: -1 });
    const found = await collection()
      .find({ a: { $in: ['a', 'a\u0000'] } })
      .toArray();
    expect(found.map(({ a }) => a)).to.have.members(['a', 'a\u0000']);
  });

  const queries = times('STORE_PLANS', { short: 2_400, long: 10_000 });
  it(`finds what a scan of everything finds, in the order that was asked for, in ${queries} queries`, async () => {
    const documents = fc
      .sample(fc.record({ a: field, b: field, c: field }), 160)
      .map((document, _id) => {
        const given = Object.entries(document).filter(([, v]) => v !== undefined);
        return { _id, ...Object.fromEntries(given) };
      })
      // Two arrays in one compound key are refused.
      .filter((document) => Object.values(document).filter(Array.isArray).length <= 1);
    // The first part has no arrays: indexes that never saw one are planned with more freely.
    const scalar = documents.filter((document) => !Object.values(document).some(Array.isArray));
    const some = scalar.slice(0, 60);
    await fill(collection(), some);
    await compare(collection(), some, queries / 2);
    await collection().drop();
    const others = documents.slice(0, 60);
    await fill(collection(), others);
    await compare(collection(), others, queries / 2);
  });
});

async function fill(collection: Collection<Document>, documents: Document[]): Promise<void> {
  await collection.insertMany(documents as never[]);
  for (const key of [{ a: 1 }, { b: -1, a: 1 }, { c: 1, b: 1, a: -1 }] as const)
    await collection.createIndex(key);
}

/** Runs random queries, 20 at a time, and filters and sorts all documents here, without a plan. */
async function compare(collection: Collection<Document>, documents: Document[], runs: number): Promise<void> {
  const stored = documents.map((document) => ({ document, decoded: decode(encode(document)) }));
  const check = async ({ filter: wanted, sort: order, isTotal }: Query): Promise<void> => {
    const { matches } = compileFilter(decode(encode(wanted)));
    const expected = stored.filter(({ decoded }) => matches(decoded)).map(({ document }) => document);
    // With `_id` last no two are equal: the order is wholly fixed.
    const given = isTotal ? { ...order, _id: 1 as const } : order;
    const found = await collection.find(wanted).sort(given).toArray();
    expect(sortKeys(found, given)).to.deep.equal(sortKeys(expected, given).sort());
    const ids = (list: Document[]) => list.map(({ _id }) => Number(_id)).sort((x, y) => x - y);
    expect(ids(found)).to.deep.equal(ids(expected));
  };
  const atOnce = 20;
  const queries = fc.array(fc.record({ filter, sort, isTotal: fc.boolean() }), {
    minLength: atOnce,
    maxLength: atOnce,
  });
  await fc.assert(
    fc.asyncProperty(queries, async (list) => {
      await Promise.all(list.map(check));
    }),
    { numRuns: Math.ceil(runs / atOnce) },
  );
}
