import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { open } from 'lmdb';
import { MongoClient } from 'mongodb';
import { openStore, type Store } from '../../../server/embedded-mongo/index.ts';
import { codeOf } from './support.ts';

describe('a backup', () => {
  let directory: string;
  let store: Store;
  let client: MongoClient;
  let restored = 0;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'ge-backup-'));
    restored = 0;
    const onRestore = () => {
      restored += 1;
    };
    store = await openStore(join(directory, 'data'), { onRestore });
    client = new MongoClient(store.uri, { maxPoolSize: 20, writeConcern: { w: 'majority', journal: true } });
  });
  afterEach(async () => {
    await client.close();
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const file = (name = 'backup.mdb') => join(directory, name);
  const backup = (path = file()) => client.db().command({ backup: 1, path });
  const restore = (path = file()) => client.db().command({ restore: 1, path });
  const numbers = () => client.db().collection<{ _id: number; n: number }>('numbers');
  const fill = async (count: number) => {
    await numbers().createIndex({ n: 1 }, { unique: true });
    await numbers().insertMany(Array.from({ length: count }, (_, i) => ({ _id: i, n: -i })));
  };

  it('taken while others write is one moment of the store, and restores it', async () => {
    await fill(5_000);
    let writing = true;
    let next = 5_000;
    const write = async () => {
      while (writing) {
        const _id = next++;
        await numbers().insertOne({ _id, n: -_id });
      }
    };
    const writers = Array.from({ length: 10 }, write);
    expect(await backup()).to.include({ ok: 1, bytes: statSync(file()).size });
    writing = false;
    await Promise.all(writers);
    expect(statSync(file()).mode & 0o777).to.equal(0o600);
    const before = await numbers().countDocuments();

    await numbers().deleteMany({});
    await client.db().collection('others').insertOne({});
    await restore();
    const ids = (await numbers().find().sort({ n: -1 }).toArray()).map(({ _id }) => _id);
    expect(ids).to.have.length.within(5_000, before);
    expect(ids.slice(0, 5_000)).to.deep.equal(Array.from({ length: 5_000 }, (_, i) => i));
    expect((await client.db().listCollections().toArray()).map(({ name }) => name)).to.deep.equal([
      'numbers',
    ]);
    expect(await client.db().command({ validate: 'numbers' })).to.include({ valid: true });
    expect(await codeOf(numbers().insertOne({ _id: -1, n: 0 }))).to.equal(11000);
    expect(restored).to.equal(1);
  });

  it('is restored under work: who waits goes on, cursors end, and nothing is left over', async () => {
    await fill(1_000);
    await backup();
    const { cursor } = await client.db().command({ find: 'numbers', batchSize: 2 });
    let working = true;
    const work = async (i: number) => {
      for (let n = 0; working; n += 1) {
        await numbers().insertOne({ _id: 10_000 + i * 100_000 + n, n: 10_000 + i * 100_000 + n });
        expect(await numbers().findOne({ n: 0 })).to.include({ _id: 0 });
      }
    };
    const workers = Array.from({ length: 10 }, (_, i) => work(i));
    await Promise.all([restore(), restore()]);
    await restore();
    working = false;
    await Promise.all(workers);
    expect(await codeOf(client.db().command({ getMore: cursor.id, collection: 'numbers' }))).to.equal(43);
    expect(await numbers().countDocuments({ _id: { $lt: 1_000 } })).to.equal(1_000);
    expect(await client.db().command({ validate: 'numbers' })).to.include({ valid: true });
    expect(readdirSync(join(directory, 'data')).filter((name) => name.includes('restore'))).to.deep.equal([]);

    await client.close();
    await store.close();
    store = await openStore(join(directory, 'data'));
    client = new MongoClient(store.uri);
    expect(await numbers().countDocuments({ _id: { $lt: 1_000 } })).to.equal(1_000);
  });

  it('is asked for over the socket by a process that joined', async () => {
    await fill(10);
    const guest = await openStore(join(directory, 'data'));
    expect(guest.joined).to.equal(true);
    const joined = new MongoClient(guest.uri);
    await joined.db().command({ backup: 1, path: file() });
    await numbers().deleteMany({});
    await joined.db().command({ restore: 1, path: file() });
    await joined.close();
    await guest.close();
    expect(await numbers().countDocuments()).to.equal(10);
    expect(restored).to.equal(1);
  });

  it('overwrites nothing, and needs an absolute path that can be written', async () => {
    writeFileSync(file(), 'mine');
    expect(await codeOf(backup())).to.equal(96);
    expect(readFileSync(file(), 'utf8')).to.equal('mine');
    expect(await codeOf(backup('backup.mdb'))).to.equal(2);
    expect(await codeOf(backup(file('nowhere/backup.mdb')))).to.equal(96);
    expect(readdirSync(directory).sort()).to.deep.equal(['backup.mdb', 'data']);
  });

  it('that is none, is cut, damaged or of a newer format changes nothing', async () => {
    await fill(5_000);
    await backup();
    const whole = readFileSync(file());
    const damaged = Buffer.from(whole);
    // Its index says other than its documents: the first record's last byte of `n` is another.
    const at = damaged.indexOf(Buffer.from('106e00', 'hex')) + 3;
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    writeFileSync(file('damaged'), damaged);
    writeFileSync(file('cut'), whole.subarray(0, whole.length / 2));
    writeFileSync(file('noise'), 'x'.repeat(20_000));
    writeFileSync(file('empty'), '');
    const newer = open({ path: file('newer.mdb'), keyEncoding: 'binary', encoding: 'binary' });
    for (const name of ['data', 'idx']) newer.openDB(name, { keyEncoding: 'binary', encoding: 'binary' });
    const meta = newer.openDB('meta', { keyEncoding: 'binary', encoding: 'binary' });
    await meta.put(Buffer.from('format'), Buffer.from('{"version":99}'));
    await newer.close();

    const { cursor } = await client.db().command({ find: 'numbers', batchSize: 2 });
    for (const name of ['damaged', 'cut', 'noise', 'empty', 'newer.mdb', 'missing'])
      expect(await codeOf(restore(file(name))), name).to.equal(96);
    expect(restored).to.equal(0);
    expect(await numbers().countDocuments()).to.equal(5_000);
    expect(await codeOf(client.db().command({ getMore: cursor.id, collection: 'numbers' }))).to.equal(
      undefined,
    );
  });
});
