import { type Db, MongoClient } from 'mongodb';
import { seededRandom } from '../../../server/demo/random.ts';
import { openStore } from '../../../server/embedded-mongo/index.ts';

/**
 * A process to be killed: opens the store and writes with as many writers as it is told. Each prints a line once a
 * write of its own was acknowledged, and only then goes on; what it is about to delete it says before.
 */
async function write(directory: string, round: number, writers: number, seed: number): Promise<void> {
  const store = await openStore(directory);
  const client = new MongoClient(store.uri, {
    writeConcern: { w: 'majority', journal: true },
    maxPoolSize: writers,
  });
  const db = client.db();
  await db.collection('kept').createIndex({ n: 1, text: 1 });
  await db.collection('kept').createIndex({ tags: 1 });
  await db.collection('claims').createIndex({ key: 1 }, { unique: true });
  await Promise.all(Array.from({ length: writers }, (_, name) => writer(db, round, name, seed)));
}

async function writer(db: Db, round: number, name: number, seed: number): Promise<never> {
  const random = seededRandom(seed + round * 1000 + name);
  const kept = db.collection<{ _id: string; n: number; text: string; tags: string[]; v: number }>('kept');
  const claims = db.collection<{ key: string; owner: string }>('claims');
  const counters = db.collection<{ _id: string; n: number }>('counters');
  const document = (_id: string, n: number) => ({ _id, n, text: 'some text', tags: ['a', _id], v: 0 });
  const acknowledged = (...words: string[]) => process.stdout.write(`${words.join(' ')}\n`);

  for (let n = 0; ; n += 1) {
    const id = `${round}/${name}/${n}`;
    const before = `${round}/${name}/${n - 1}`;
    const kind = random();
    if (kind < 0.2) {
      const counter = `c${Math.floor(random() * 10)}`;
      await counters.updateOne({ _id: counter }, { $inc: { n: 1 } }, { upsert: true });
      acknowledged('counted', counter);
    } else if (kind < 0.35) {
      // All writers of a round are after the same keys.
      const key = `${round}/${n % 40}`;
      const won = await claims.insertOne({ key, owner: id }).then(
        () => true,
        (error: { code?: unknown }) => {
          if (error.code !== 11000) throw error;
          return false;
        },
      );
      if (won) acknowledged('claimed', key, id);
    } else if (kind < 0.45) {
      process.stdout.write(`deleting ${before}\n`);
      const { deletedCount } = await kept.deleteOne({ _id: before });
      if (deletedCount === 1) acknowledged('deleted', before);
    } else if (kind < 0.6) {
      const changed = await kept.findOneAndUpdate(
        { _id: before },
        { $inc: { v: 1 }, $set: { text: `changed ${n}` }, $push: { tags: `t${n}` } },
      );
      if (changed) acknowledged('changed', before);
    } else if (kind < 0.7) {
      const ids = [id, `${id}b`, `${id}c`];
      await kept.insertMany(ids.map((each) => document(each, n)));
      for (const each of ids) acknowledged('inserted', each);
    } else {
      await kept.insertOne(document(id, n));
      acknowledged('inserted', id);
    }
  }
}

const [directory = '', ...numbers] = process.argv.slice(2);
const [round = 0, writers = 1, seed = 1] = numbers.map(Number);
write(directory, round, writers, seed).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
