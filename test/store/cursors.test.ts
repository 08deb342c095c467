import { expect } from 'chai';
import type { Collection, Document } from 'mongodb';
import { useCollections } from './collections.ts';

const size = 300;

/** Cursors in small batches, between which others write. */
describe('a cursor', () => {
  const store = useCollections();
  let collection: Collection;

  beforeEach(async () => {
    collection = store.fresh();
    await collection.createIndex({ n: 1 });
    await collection.insertMany(Array.from({ length: size }, (_, n) => ({ _id: n as never, n })));
  });

  /** Reads all, ten at a time; after the first twenty, others write. */
  async function read(
    filter: Document,
    sort: Record<string, 1 | -1>,
    others: () => Promise<unknown>,
  ): Promise<number[]> {
    const seen: number[] = [];
    for await (const { n } of collection.find(filter, { batchSize: 10 }).sort(sort)) {
      seen.push(n);
      if (seen.length === 20) await others();
    }
    return seen;
  }

  const upTo = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n);

  it('gives each document once, in as many batches as it takes', async () => {
    expect(await read({}, { _id: 1 }, async () => {})).to.deep.equal(upTo(0, size));
  });

  it('gives nothing twice when documents are added behind it', async () => {
    const others = () => collection.insertMany(upTo(-10, 0).map((n) => ({ _id: n as never, n })));
    const seen = await read({ n: { $gte: 0 } }, { n: 1 }, others);
    expect(seen).to.deep.equal(upTo(0, size));
  });

  it('goes on when the document it stands at is deleted', async () => {
    const seen = await read({}, { n: 1 }, () => collection.deleteMany({ n: { $lt: 20 } }));
    expect(seen).to.deep.equal(upTo(0, size));
  });

  it('goes on when documents it has given are changed', async () => {
    const others = () => collection.updateMany({ n: { $lt: 20 } }, { $set: { seen: true } });
    expect(await read({}, { _id: 1 }, others)).to.deep.equal(upTo(0, size));
  });

  it('keeps its order and gives nothing twice when what is before it is deleted', async () => {
    const seen = await read({}, { n: 1 }, () => collection.deleteMany({ n: { $gte: 100, $lt: 200 } }));
    expect(seen).to.deep.equal([...new Set(seen)].sort((a, b) => a - b));
    expect(seen).to.include.members([...upTo(0, 100), ...upTo(200, size)]);
  });

  it('ends with its collection', async () => {
    const cursor = collection.find({}, { batchSize: 10 });
    for (let n = 0; n < 10; n += 1) await cursor.next();
    await collection.drop();
    const rest = await cursor.toArray().catch((error: { code: number }) => error.code);
    if (Array.isArray(rest)) expect(rest.length).to.be.at.most(size - 10);
    else expect(rest).to.be.oneOf([43, 175]);
  });

  it('that was closed is not found any more', async () => {
    const { db, collectionName } = collection;
    const { cursor } = await db.command({ find: collectionName, batchSize: 2 }, { promoteLongs: false });
    const killed = await db.command({ killCursors: collectionName, cursors: [cursor.id] });
    expect(killed.cursorsKilled).to.have.lengthOf(1);
    const code = await db
      .command({ getMore: cursor.id, collection: collectionName })
      .catch((error: { code: number }) => error.code);
    expect(code).to.equal(43);
  });
});
