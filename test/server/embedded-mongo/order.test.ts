import { expect } from 'chai';
import fc from 'fast-check';
import { Binary, Double, Int32, Long, ObjectId } from 'mongodb';
import { decode, encode, type Value } from '../../../server/embedded-mongo/bson.ts';
import { compareValues, encodeValue, endOfKey } from '../../../server/embedded-mongo/values.ts';

const double = fc.double().map((value): Value => new Double(value));
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
    new Double(2 ** 31),
    Long.fromBigInt(-(2n ** 53n) - 1n),
    Long.fromBigInt(2n ** 62n + 1n),
  ),
  fc.integer().map((n) => new Int32(n)),
  double,
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((n) => Long.fromBigInt(n)),
  fc.string({ unit: 'binary' }),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ maxLength: 4 }).map((bytes) => new Binary(Buffer.from(bytes))),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(Buffer.from(bytes))),
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
        const key = (v: Value, direction: 1 | -1) =>
          Buffer.from(encodeValue(v, direction) + endOfKey, 'latin1');
        expect(Buffer.compare(key(a, 1), key(b, 1))).to.equal(order);
        // `+ 0` makes -0 a plain 0.
        expect(Buffer.compare(key(a, -1), key(b, -1)) + 0).to.equal(-order + 0);
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
        const bytes = encode({ v });
        expect(encode(decode(bytes)).equals(bytes)).to.equal(true);
      }),
      { numRuns: 2000 },
    );
  });
});
