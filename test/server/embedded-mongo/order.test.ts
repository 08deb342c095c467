import { expect } from 'chai';
import fc from 'fast-check';
import { Binary, Double, ObjectId, Timestamp } from 'mongodb';
import { encodeValue, endOfKey } from '../../../server/embedded-mongo/bson/key.ts';
import { compareValues } from '../../../server/embedded-mongo/bson/order.ts';
import { readDocument } from '../../../server/embedded-mongo/bson/read.ts';
import { type Document, isInt32, type Value } from '../../../server/embedded-mongo/bson/values.ts';
import { writeDocument } from '../../../server/embedded-mongo/bson/write.ts';
import { compileFilter } from '../../../server/embedded-mongo/match.ts';
import { useCollection } from './support.ts';

const double = fc.double().map((value): Value => (isInt32(value) ? new Double(value) : value));
const leaf: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom<Value>(
    null,
    true,
    false,
    '',
    'a',
    'a\0',
    'a\0b',
    'ab',
    2 ** 31,
    -(2n ** 53n) - 1n,
    2n ** 62n + 1n,
  ),
  fc.integer(),
  double,
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.string({ unit: 'binary' }),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ maxLength: 4 }).map((bytes) => new Binary(Buffer.from(bytes))),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(Buffer.from(bytes))),
  fc.nat().map((t) => new Timestamp({ t, i: 1 })),
);
const value: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'é', '__proto__'), tie('value'), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
  ),
})).value;

describe('the order of values', () => {
  it('is the byte order of their keys, upwards and downwards', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        const order = compareValues(a, b);
        const key = (v: Value, descending = false) =>
          Buffer.concat([encodeValue(v, descending), Buffer.from([endOfKey])]);
        expect(Math.sign(Buffer.compare(key(a), key(b)))).to.equal(order);
        // `+ 0` makes -0 a plain 0.
        expect(Math.sign(Buffer.compare(key(a, true), key(b, true))) + 0).to.equal(-order + 0);
      }),
      { numRuns: 5000 },
    );
  });

  it('is total', () => {
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        expect(compareValues(a, a)).to.equal(0);
        expect(compareValues(a, b) + compareValues(b, a)).to.equal(0);
        if (compareValues(a, b) <= 0 && compareValues(b, c) <= 0)
          expect(compareValues(a, c)).to.be.at.most(0);
      }),
      { numRuns: 2000 },
    );
  });

  it('and their types outlive being written and read', () => {
    fc.assert(
      fc.property(value, (v) => {
        const bytes = writeDocument({ v });
        expect(writeDocument(readDocument(bytes)).equals(bytes)).to.equal(true);
      }),
      { numRuns: 2000 },
    );
  });
});

/** Few different values, of several types, so that filters match. */
const small: fc.Arbitrary<Value> = fc.constantFrom<Value>(null, 0, 1, 2, 3, 2.5, 'a', 'a\0', 'b', true);
const field: fc.Arbitrary<Value | undefined> = fc.oneof(
  { weight: 6, arbitrary: small },
  { weight: 1, arbitrary: fc.array(small, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constant(undefined) },
);
const condition: fc.Arbitrary<Value> = fc.oneof(
  small,
  small.map((v) => ({ $gt: v })),
  small.map((v) => ({ $lte: v })),
  fc.tuple(small, small).map(([low, high]) => ({ $gte: low, $lt: high })),
  fc.array(small, { maxLength: 4 }).map((list) => ({ $in: list })),
  small.map((v) => ({ $ne: v })),
);
const names = ['a', 'b', 'c'] as const;
const filter = fc.dictionary(fc.constantFrom(...names), condition, { maxKeys: 3, noNullPrototype: true });
const direction = fc.constantFrom(1 as const, -1 as const);
const sort = fc.dictionary(fc.constantFrom(...names), direction, { maxKeys: 2, noNullPrototype: true });

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

  it('finds what a scan of everything finds, in the order that was asked for', async function () {
    this.timeout(120_000);
    const documents = fc
      .sample(fc.record({ a: field, b: field, c: field }), 600)
      .map((document, _id) => {
        const given = Object.entries(document).filter(([, v]) => v !== undefined);
        return { _id, ...Object.fromEntries(given) } as Document;
      })
      // Two arrays in one compound key are refused.
      .filter((document) => Object.values(document).filter(Array.isArray).length <= 1);
    // The first half has no arrays: indexes that never saw one are planned with more freely.
    const scalar = documents.filter((document) => !Object.values(document).some(Array.isArray));
    for (const part of [scalar, documents.filter((document) => !scalar.includes(document))]) {
      await collection().insertMany(part as never[]);
      for (const key of [{ a: 1 }, { b: -1, a: 1 }, { c: 1, b: 1, a: -1 }] as const)
        await collection().createIndex(key);
      const stored = (await collection().find().toArray()) as unknown as Document[];
      const query = fc.record({ filter, sort });
      await fc.assert(
        fc.asyncProperty(query, async ({ filter: wanted, sort: order }) => {
          const { matches } = compileFilter(wanted);
          const expected = stored.filter(matches).map((document) => document._id);
          // By `_id` last, so that the order of equals is fixed.
          const full = { ...order, _id: 1 } as const;
          const planned = await collection().find(wanted).sort(full).toArray();
          const scanned = await collection().find(wanted).sort(full).hint({ $natural: 1 }).toArray();
          expect(planned).to.deep.equal(scanned);
          const unsorted = await collection()
            .find(wanted)
            .sort(order as never)
            .toArray();
          expect(unsorted.map((document) => document._id)).to.have.members(expected);
          const keysOf = (list: Record<string, unknown>[]) =>
            list.map((document) => Object.keys(order).map((name) => document[name] ?? null));
          if (part === scalar) expect(keysOf(unsorted)).to.deep.equal(keysOf(scanned));
        }),
        { numRuns: Number(process.env.STORE_PLANS ?? 300) },
      );
    }
  });
});
