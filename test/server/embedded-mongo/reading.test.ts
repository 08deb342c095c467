import { expect } from 'chai';
import { ObjectId } from 'mongodb';
import { codeOf, useCollection } from './support.ts';

describe('reading', () => {
  const collection = useCollection();
  const ids = async (cursor: { toArray(): Promise<{ _id: unknown }[]> }): Promise<unknown[]> =>
    (await cursor.toArray()).map((document) => document._id);

  describe('sorted', () => {
    const inOrder = [
      null,
      Number.NaN,
      Number.NEGATIVE_INFINITY,
      -1.5,
      0,
      1,
      2.5,
      1e300,
      '',
      'B',
      'a',
      'aa',
      'é',
      '\u{1f600}',
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

    it('follows the order of types and of values, with and without an index', async () => {
      const documents = inOrder.map((v, i) => ({ _id: i, v }));
      await collection().insertMany([...documents].reverse() as never[]);
      const expected = documents.map((document) => document._id);
      expect(await ids(collection().find().sort({ v: 1 }))).to.deep.equal(expected);
      await collection().createIndex({ v: 1 });
      expect(await ids(collection().find().sort({ v: 1 }))).to.deep.equal(expected);
      expect(await ids(collection().find().sort({ v: -1 }))).to.deep.equal([...expected].reverse());
    });

    it('by several fields in several directions', async () => {
      const documents = [
        { _id: 1, a: 1, b: 1 },
        { _id: 2, a: 1, b: 2 },
        { _id: 3, a: 2, b: 1 },
        { _id: 4, b: 5 },
      ];
      await collection().insertMany(documents as never[]);
      expect(await ids(collection().find().sort({ a: 1, b: -1 }))).to.deep.equal([4, 2, 1, 3]);
      await collection().createIndex({ a: 1, b: -1 });
      expect(await ids(collection().find().sort({ a: 1, b: -1 }))).to.deep.equal([4, 2, 1, 3]);
      expect(await ids(collection().find().sort({ a: -1, b: 1 }))).to.deep.equal([3, 1, 2, 4]);
      expect(await ids(collection().find({ a: 1 }).sort({ b: 1 }))).to.deep.equal([1, 2]);
    });

    it('takes the smallest element of an array upwards and the largest downwards', async () => {
      await collection().insertMany([
        { _id: 1, v: [5, 1] },
        { _id: 2, v: 3 },
        { _id: 3, v: [2, 9] },
        { _id: 4, v: [] },
      ] as never[]);
      expect(await ids(collection().find().sort({ v: 1 }))).to.deep.equal([4, 1, 3, 2]);
      expect(await ids(collection().find().sort({ v: -1 }))).to.deep.equal([3, 1, 2, 4]);
    });

    it('keeps the order of insertion among equals, also when it keeps the first few only', async () => {
      await collection().insertMany(
        Array.from({ length: 5000 }, (_, i) => ({ _id: i, v: i % 2 })) as never[],
      );
      expect(await ids(collection().find().sort({ v: 1 }).limit(3))).to.deep.equal([0, 2, 4]);
      expect(await ids(collection().find().sort({ v: -1 }).skip(1).limit(3))).to.deep.equal([3, 5, 7]);
    });

    for (const [what, sort] of [
      ['a direction of 2', { a: 2 }],
      ['$meta', { a: { $meta: 'textScore' } }],
      ['the natural order', { $natural: 1 }],
    ] as const) {
      it(`refuses ${what}`, async () => {
        const command = collection().db.command({ find: 'things', sort });
        expect(await codeOf(command)).to.be.oneOf([2, 15975]);
      });
    }
  });

  describe('projected', () => {
    const whole = { _id: 1, a: 1, b: { c: 2, d: 3 }, e: [{ f: 4, g: 5 }, { f: 6 }, 7] };
    const cases: [what: string, projection: object, expected: object][] = [
      ['nothing', {}, whole],
      ['fields', { a: 1 }, { _id: 1, a: 1 }],
      ['fields without _id', { _id: 0, a: true }, { a: 1 }],
      ['_id alone', { _id: 1 }, { _id: 1 }],
      ['a path', { 'b.c': 1 }, { _id: 1, b: { c: 2 } }],
      ['a nested document', { b: { c: 1 } }, { _id: 1, b: { c: 2 } }],
      ['a path through an array', { 'e.f': 1 }, { _id: 1, e: [{ f: 4 }, { f: 6 }] }],
      ['all but a field', { b: 0, e: 0 }, { _id: 1, a: 1 }],
      ['all but a path', { 'b.c': 0, e: 0 }, { _id: 1, a: 1, b: { d: 3 } }],
      ['all but a path through an array', { 'e.f': 0, b: 0 }, { _id: 1, a: 1, e: [{ g: 5 }, {}, 7] }],
      ['all but _id', { _id: 0 }, { a: 1, b: whole.b, e: whole.e }],
      ['what is not there', { z: 1 }, { _id: 1 }],
    ];
    for (const [what, projection, expected] of cases) {
      it(what, async () => {
        await collection().insertOne(whole as never);
        expect(await collection().findOne({}, { projection })).to.deep.equal(expected);
        if (Object.keys(projection).length === 0) return;
        expect(
          await collection()
            .aggregate([{ $project: projection }])
            .next(),
        ).to.deep.equal(expected);
      });
    }
    it('refuses to mix fields in and out, collisions and operators', async () => {
      const project = (projection: object) => codeOf(collection().find({}, { projection }).toArray());
      expect(await project({ a: 1, b: 0 })).to.equal(31254);
      expect(await project({ a: 0, b: 1 })).to.equal(31253);
      expect(await project({ 'b.c': 1, b: 1 })).to.equal(31250);
      expect(await project({ e: { $slice: 1 } })).to.equal(238);
    });
  });

  describe('in batches', () => {
    it('goes on rightly while others write', async () => {
      await collection().insertMany(Array.from({ length: 1000 }, (_, i) => ({ _id: i, n: i })) as never[]);
      await collection().createIndex({ n: 1 });
      for (const sort of [undefined, { n: 1 } as const]) {
        const cursor = collection().find({ n: { $gte: 0 } }, { batchSize: 10 });
        if (sort) cursor.sort(sort);
        const seen: number[] = [];
        for await (const document of cursor) {
          seen.push(document.n);
          if (document.n === 100) await collection().deleteMany({ n: { $gte: 500, $lt: 600 } });
        }
        expect(seen).to.have.lengthOf(900);
        expect(seen).to.deep.equal([...seen].sort((a, b) => a - b));
        await collection().insertMany(
          Array.from({ length: 100 }, (_, i) => ({ _id: 500 + i, n: 500 + i })) as never[],
        );
        if (!sort) await collection().deleteMany({ n: { $gte: 500, $lt: 600 } });
        if (!sort)
          await collection().insertMany(
            Array.from({ length: 100 }, (_, i) => ({ _id: 500 + i, n: 500 + i })) as never[],
          );
      }
    });

    it('tells of a cursor that is gone', async () => {
      await collection().insertMany(Array.from({ length: 300 }, () => ({})));
      const first = await collection().db.command({ find: 'things', batchSize: 2 });
      expect(await collection().db.command({ killCursors: 'things', cursors: [first.cursor.id] }))
        .to.have.property('cursorsKilled')
        .with.lengthOf(1);
      expect(
        await codeOf(collection().db.command({ getMore: first.cursor.id, collection: 'things' })),
      ).to.equal(43);
    });

    it('gives large documents in answers of at most 16 MB', async () => {
      const text = 'x'.repeat(5_000_000);
      for (let i = 0; i < 5; i += 1) await collection().insertOne({ text });
      const first = await collection().db.command({ find: 'things' });
      expect(first.cursor.firstBatch).to.have.lengthOf(3);
      expect(await collection().find().toArray()).to.have.lengthOf(5);
    });
  });

  describe('grouped', () => {
    beforeEach(() =>
      collection().insertMany([
        { cell: 'a', state: 'sent', n: 1, k: { x: 1 } },
        { cell: 'a', state: 'sent', n: 2.5 },
        { cell: 'a', state: 'planned', n: 'text' },
        { cell: 'b', state: 'sent', n: 4 },
        { cell: 'b' },
      ]),
    );
    const cases: [what: string, pipeline: object[], expected: object[]][] = [
      [
        'by a field',
        [{ $match: { cell: 'a' } }, { $group: { _id: '$state', count: { $sum: 1 } } }],
        [
          { _id: 'planned', count: 1 },
          { _id: 'sent', count: 2 },
        ],
      ],
      [
        'by a missing field',
        [{ $match: { cell: 'b' } }, { $group: { _id: '$state', n: { $count: {} } } }],
        [
          { _id: null, n: 1 },
          { _id: 'sent', n: 1 },
        ],
      ],
      ['all together', [{ $group: { _id: null, total: { $sum: '$n' } } }], [{ _id: null, total: 7.5 }]],
      ['by a constant', [{ $group: { _id: 1, n: { $sum: 1 } } }], [{ _id: 1, n: 5 }]],
      [
        'by several fields',
        [
          { $match: { state: 'sent' } },
          { $group: { _id: { c: '$cell', s: '$state' }, n: { $sum: 2 } } },
          { $match: { n: { $gt: 2 } } },
        ],
        [{ _id: { c: 'a', s: 'sent' }, n: 4 }],
      ],
      ['by a path', [{ $match: { 'k.x': 1 } }, { $group: { _id: '$k.x' } }], [{ _id: 1 }]],
      [
        'and sorted, skipped and limited',
        [{ $group: { _id: '$cell', n: { $sum: 1 } } }, { $sort: { n: 1 } }, { $skip: 1 }, { $limit: 1 }],
        [{ _id: 'a', n: 3 }],
      ],
      ['and counted', [{ $match: { cell: 'a' } }, { $count: 'n' }], [{ n: 3 }]],
      ['with nothing to count', [{ $match: { cell: 'z' } }, { $count: 'n' }], []],
      ['with nothing to group', [{ $match: { cell: 'z' } }, { $group: { _id: null, n: { $sum: 1 } } }], []],
      ['after a limit', [{ $limit: 2 }, { $group: { _id: null, n: { $sum: 1 } } }], [{ _id: null, n: 2 }]],
    ];
    for (const [what, pipeline, expected] of cases) {
      it(what, async () => {
        const found = await collection().aggregate(pipeline).toArray();
        expect(found).to.have.deep.members(expected);
      });
    }
    const refused: [what: string, pipeline: object[], code: number][] = [
      ['an unknown stage', [{ $foo: {} }], 40324],
      ['a stage of MongoDB that is not offered', [{ $lookup: {} }], 40324],
      ['two stages in one', [{ $match: {}, $limit: 1 }], 40323],
      ['$group without _id', [{ $group: { n: { $sum: 1 } } }], 15955],
      ['an accumulator that is not offered', [{ $group: { _id: null, n: { $avg: '$n' } } }], 15952],
      ['an expression', [{ $group: { _id: { $year: '$at' } } }], 168],
      ['a change stream', [{ $changeStream: {} }], 40573],
      ['a negative limit', [{ $limit: -1 }], 5107201],
    ];
    for (const [what, pipeline, code] of refused) {
      it(`refuses ${what}`, async () => {
        expect(await codeOf(collection().aggregate(pipeline).toArray())).to.equal(code);
      });
    }
    it('counts and lists distinct values', async () => {
      expect(await collection().countDocuments({ cell: 'a' })).to.equal(3);
      expect(await collection().countDocuments({ cell: 'a' }, { skip: 1, limit: 1 })).to.equal(1);
      expect(await collection().estimatedDocumentCount()).to.equal(5);
      expect(await collection().distinct('state', { cell: 'a' })).to.have.members(['sent', 'planned']);
    });
  });
});
