import { MongoClient } from 'mongodb';
import { openStore } from '../../../server/embedded-mongo/index.ts';

/**
 * A process to be killed: opens the store and writes with as many writers as it is told, printing the `_id` of each
 * document once its insert is acknowledged.
 */
async function write(directory: string, round: string, writers: number): Promise<void> {
  const store = await openStore(directory);
  const client = new MongoClient(store.uri, {
    writeConcern: { w: 'majority', journal: true },
    maxPoolSize: writers,
  });
  const collection = client.db().collection<{ _id: string }>('kept');
  await collection.createIndex({ n: 1, text: 1 });
  const writer = async (name: number): Promise<never> => {
    for (let n = 0; ; n += 1) {
      const _id = `${round}/${name}/${n}`;
      await collection.insertOne({ _id, n, text: 'some text' } as { _id: string });
      process.stdout.write(`${_id}\n`);
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, name) => writer(name)));
}

const [directory = '', round = '', writers = '1'] = process.argv.slice(2);
write(directory, round, Number(writers)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
