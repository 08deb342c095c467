import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { open } from 'lmdb';
import { MongoClient } from 'mongodb';
import { openStore } from '../../../server/embedded-mongo/index.ts';
import { openWithClient } from './support.ts';

describe('a data directory', () => {
  let directory: string;
  beforeEach(() => {
    directory = join(mkdtempSync(join(tmpdir(), 'ge-own-')), 'data');
  });
  afterEach(() => rmSync(join(directory, '..'), { recursive: true, force: true }));

  const faultOf = (promise: Promise<unknown>): Promise<Error> =>
    promise.then(
      () => {
        throw new Error('it opened');
      },
      (error: Error) => error,
    );

  it('is made for its owner alone, and keeps what was stored', async () => {
    const first = await openWithClient(directory);
    expect(statSync(directory).mode & 0o777).to.equal(0o700);
    await first.db.collection('a').insertOne({ n: 1 });
    await first.close();
    const second = await openWithClient(directory);
    expect(second.store.joined).to.equal(false);
    expect(await second.db.collection('a').countDocuments()).to.equal(1);
    await second.close();
  });

  it('has one owner; others join it and see the same', async () => {
    const owner = await openWithClient(directory);
    const guest = await openWithClient(directory);
    expect([owner.store.joined, guest.store.joined]).to.deep.equal([false, true]);
    await guest.db.collection('a').insertOne({ n: 1 });
    expect(await owner.db.collection('a').countDocuments()).to.equal(1);
    await guest.close();
    expect(await owner.db.collection('a').countDocuments()).to.equal(1);
    await owner.close();
  });

  it('gets one owner when many start at once', async () => {
    const stores = await Promise.all(Array.from({ length: 20 }, () => openStore(directory)));
    expect(stores.filter((store) => !store.joined)).to.have.lengthOf(1);
    for (const store of stores) await store.close();
  });

  it('may have a path longer than a socket can have', async () => {
    const long = join(directory, 'x'.repeat(120));
    const owner = await openWithClient(long);
    const guest = await openWithClient(long);
    expect(guest.store.joined).to.equal(true);
    await guest.db.collection('a').insertOne({ n: 1 });
    expect(await owner.db.collection('a').countDocuments()).to.equal(1);
    await guest.close();
    await owner.close();
  });

  it('of a newer format is refused with the way out, and stays as it is', async () => {
    await (await openStore(directory)).close();
    const file = join(directory, 'store.mdb');
    const root = open({ path: file, keyEncoding: 'binary', encoding: 'binary' });
    const meta = root.openDB<Buffer, Buffer>('meta', { keyEncoding: 'binary', encoding: 'binary' });
    await meta.put(Buffer.from('format'), Buffer.from('{"version":99}'));
    await root.close();
    const fault = await faultOf(openStore(directory));
    expect(fault.message).to.contain('format 99').and.contain('newer version');
    const again = open({ path: file, keyEncoding: 'binary', encoding: 'binary', readOnly: true });
    const kept = again.openDB<Buffer, Buffer>('meta', { keyEncoding: 'binary', encoding: 'binary' });
    expect(kept.get(Buffer.from('format'))?.toString()).to.equal('{"version":99}');
    await again.close();
  });

  it('with a file that is no store is refused, and the file stays as it is', async () => {
    mkdirSync(directory);
    writeFileSync(join(directory, 'store.mdb'), 'x'.repeat(20_000));
    const fault = await faultOf(openStore(directory));
    expect(fault.message).to.contain("can't be opened").and.contain('backup');
    expect(readFileSync(join(directory, 'store.mdb'), 'utf8')).to.equal('x'.repeat(20_000));
  });

  it('with a file that was cut is refused', async () => {
    const { db, close } = await openWithClient(directory);
    await db.collection('a').insertMany(Array.from({ length: 5000 }, () => ({ text: 'some text' })));
    await close();
    truncateSync(join(directory, 'store.mdb'), 40_000);
    const fault = await faultOf(openStore(directory));
    expect(fault.message)
      .to.contain("can't be opened")
      .and.match(/cut|missing/);
  });
});

describe('a connection', () => {
  let directory: string;
  let opened: Awaited<ReturnType<typeof openWithClient>>;
  let path: string;
  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'ge-wire-'));
    opened = await openWithClient(directory);
    path = decodeURIComponent(/^mongodb:\/\/([^/]+)/.exec(opened.store.uri)?.[1] ?? '');
  });
  after(async () => {
    await opened.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const message = (length: number, operation: number, rest: Buffer): Buffer => {
    const head = Buffer.alloc(16);
    head.writeInt32LE(length, 0);
    head.writeInt32LE(1, 4);
    head.writeInt32LE(operation, 12);
    return Buffer.concat([head, rest]);
  };
  const body = Buffer.from([0, 0, 0, 0, 0, 5, 0, 0, 0, 0]);
  const frames: [what: string, bytes: Buffer][] = [
    ['of an unknown operation', message(26, 2099, body)],
    ['that is longer than allowed', message(2_000_000_000, 2013, body)],
    ['of a negative length', message(-5, 2013, body)],
    ['shorter than a header', message(8, 2013, body)],
    ['whose document is longer than itself', message(26, 2013, Buffer.from([0, 0, 0, 0, 0, 99, 0, 0, 0, 0]))],
    ['without a body', message(21, 2013, Buffer.from([0, 0, 0, 0, 9]))],
    ['with flags that must be understood', message(26, 2013, Buffer.from([0, 1, 0, 0, 0, 5, 0, 0, 0, 0]))],
    ['that is a compressed one', message(26, 2012, body)],
    ['of noise', Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
  ];
  for (const [what, bytes] of frames) {
    it(`that sends a message ${what} is closed; others go on`, async () => {
      const socket = connect(path);
      const closed = new Promise((done) => socket.once('close', done));
      socket.on('error', () => undefined);
      socket.write(bytes);
      await closed;
      expect(await opened.db.command({ ping: 1 })).to.include({ ok: 1 });
    });
  }

  it('may send a message byte by byte', async () => {
    const socket = connect(path);
    const ping = Buffer.concat([
      Buffer.from([0, 0, 0, 0, 0]),
      Buffer.from('130000001070696e67000100000000', 'hex'),
    ]);
    ping.writeInt32LE(15, 5);
    const bytes = message(16 + ping.length, 2013, ping);
    for (const byte of bytes) socket.write(Buffer.from([byte]));
    const answered = await new Promise<Buffer>((done) => socket.once('data', done));
    expect(answered.readInt32LE(12)).to.equal(2013);
    socket.destroy();
  });

  it('that breaks off in the middle harms nobody', async () => {
    for (let i = 0; i < 20; i += 1) {
      const socket = connect(path);
      socket.on('error', () => undefined);
      socket.write(message(1000, 2013, body).subarray(0, 10 + i));
      socket.destroy();
    }
    expect(await opened.db.command({ ping: 1 })).to.include({ ok: 1 });
  });
});

describe('a client of a closed store', () => {
  it('is told, and does not hang', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'ge-closed-'));
    const store = await openStore(directory);
    const client = new MongoClient(store.uri.replace('5000', '300'));
    await client.db().command({ ping: 1 });
    await store.close();
    const fault = await client
      .db()
      .command({ ping: 1 })
      .catch((error: unknown) => error);
    expect(fault).to.be.an('error');
    await client.close();
    rmSync(directory, { recursive: true, force: true });
  });
});
