import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { seededRandom } from '../../../server/demo/random.ts';
import { times } from '../../support/long-form.ts';
import { type Ledger, openLedger } from './ledger.ts';
import { type OwnerProcess, startOwner } from './owner-process.ts';
import { openWithClient, temporaryDirectory } from './support.ts';

const writers = 20;
const rounds = times('STORE_KILL_ROUNDS', { short: 3, long: 20 });
const seed = Number(process.env.STORE_SEED ?? Date.now() % 1_000_000);

/** Starts the writing process; resolves at its end. Every line that it has written whole goes to the ledger. */
function startWriter(directory: string, round: number, ledger: Ledger) {
  const script = new URL('./writer.ts', import.meta.url).pathname;
  const args = ['--import=tsx', script, directory, String(round), String(writers), String(seed)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let rest = '';
  child.stdout.on('data', (piece) => {
    const lines = `${rest}${piece}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) ledger.add(line);
  });
  return { child, ended: once(child, 'close') };
}

describe('what was acknowledged', () => {
  const directory = temporaryDirectory();

  it(`is there after kill -9, in ${rounds} rounds with ${writers} writers, and every index fits its records (seed ${seed})`, async function () {
    this.timeout(300_000 + rounds * 10_000);
    const random = seededRandom(seed);
    const ledger = openLedger();
    for (let round = 0; round < rounds; round += 1) {
      const before = ledger.size();
      const { child, ended } = startWriter(directory(), round, ledger);
      const least = before + 1 + Math.floor(random() * 600);
      while (ledger.size() < least && child.exitCode === null) await pause(1 + random() * 20);
      child.kill('SIGKILL');
      await ended;
      expect(ledger.size(), 'acknowledged').to.be.at.least(least);

      const { store, db, close } = await openWithClient(directory());
      try {
        expect(store.joined).to.equal(false);
        expect(await ledger.faults(db, (round + 1) * writers)).to.deep.equal([]);
        for (const { name } of await db.listCollections().toArray())
          expect(await db.command({ validate: name })).to.include({ valid: true });
      } finally {
        await close();
      }
    }
  });
});

describe('at the same time', () => {
  const directory = temporaryDirectory();
  let opened: Awaited<ReturnType<typeof openWithClient>>;
  before(async () => {
    opened = await openWithClient(directory());
  });
  after(() => opened.close());

  it('400 upserts of one counter make 400', async () => {
    const counters = opened.db.collection<{ _id: string; n: number }>('counters');
    const update = () => counters.updateOne({ _id: 'all' }, { $inc: { n: 1 } }, { upsert: true });
    await Promise.all(Array.from({ length: 400 }, update));
    expect((await counters.findOne())?.n).to.equal(400);
  });

  it('of 50 inserts of one key one wins', async () => {
    const claims = opened.db.collection('claims');
    await claims.createIndex({ key: 1 }, { unique: true });
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, i) => claims.insertOne({ key: 'k', i })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).to.have.lengthOf(1);
    const codes = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []));
    expect(codes).to.deep.equal(Array(49).fill(11000));
  });

  it('each of 200 jobs is claimed once', async () => {
    const jobs = opened.db.collection('jobs');
    await jobs.createIndex({ state: 1, n: 1 });
    await jobs.insertMany(Array.from({ length: 200 }, (_, n) => ({ n, state: 'planned' })));
    const claim = (owner: number) =>
      jobs.findOneAndUpdate({ state: 'planned' }, { $set: { state: 'claimed', owner } }, { sort: { n: 1 } });
    const claimed = await Promise.all(Array.from({ length: 250 }, (_, owner) => claim(owner)));
    const numbers = claimed.filter((job) => job !== null).map((job) => job.n);
    expect(new Set(numbers).size).to.equal(200);
    expect(numbers).to.have.lengthOf(200);
  });

  it('a scan of 100,000 documents, and dropping them, lets the event loop turn', async () => {
    const responses = opened.db.collection('responses');
    const batch = (from: number) =>
      Array.from({ length: 10_000 }, (_, i) => ({
        cell: `c${(from + i) % 40}`,
        answers: { a: i % 10, b: 'text' },
      }));
    for (let from = 0; from < 100_000; from += 10_000) await responses.insertMany(batch(from));
    const pipeline = [{ $match: { cell: { $ne: 'c0' } } }, { $group: { _id: '$cell', n: { $sum: 1 } } }];

    const scan = await workPerTurn(async () => {
      const groups = await responses.aggregate(pipeline).toArray();
      expect(groups.reduce((sum, { n }) => sum + n, 0)).to.equal(97_500);
    });
    expect(scan).to.be.below(50);

    const drop = await workPerTurn(async () => {
      await responses.drop();
      for (let i = 0; i < 100; i += 1) await opened.db.collection('others').insertOne({ i });
    });
    expect(drop).to.be.below(50);
  });
});

describe('the file and the memory', () => {
  const directory = temporaryDirectory();
  let owner: OwnerProcess;
  before(async () => {
    owner = await startOwner(directory());
  });
  after(() => owner.stop());

  it('of 2,000 documents do not grow by 18,000 updates', async () => {
    const things = owner.client.db().collection<{ _id: number; n: number; text: string }>('things');
    await things.createIndex({ n: 1 });
    await things.insertMany(
      Array.from({ length: 2_000 }, (_, _id) => ({ _id, n: _id, text: 'some text'.repeat(20) })),
    );
    const change = (n: number) =>
      things.updateOne({ _id: (n * 7919) % 2_000 }, { $set: { n, text: `text ${n} `.repeat(20) } });
    const size = () => statSync(join(directory(), 'store.mdb')).size;
    for (let n = 0; n < 2_000; n += 50)
      await Promise.all(Array.from({ length: 50 }, (_, i) => change(n + i)));
    const before = size();
    for (let n = 2_000; n < 20_000; n += 50)
      await Promise.all(Array.from({ length: 50 }, (_, i) => change(n + i)));
    expect(size() / before).to.be.at.most(1.6);
  });

  it('of 100,000 small documents: the memory of the process grows by less than 100 MB', async () => {
    const small = owner.client.db().collection<{ n: number; cell: string }>('small');
    await small.createIndex({ cell: 1 });
    const before = residentMegabytes(owner.pid);
    for (let from = 0; from < 100_000; from += 10_000)
      await small.insertMany(
        Array.from({ length: 10_000 }, (_, i) => ({ n: from + i, cell: `c${(from + i) % 500}` })),
      );
    await small.aggregate([{ $group: { _id: '$cell', n: { $sum: 1 } } }]).toArray();
    expect(residentMegabytes(owner.pid) - before).to.be.below(100);
  });
});

function residentMegabytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_000;
}

/** The 99th percentile of the processor time used between two turns of the event loop, in ms: no matter who else is busy. */
async function workPerTurn(action: () => Promise<void>): Promise<number> {
  const turns: number[] = [];
  let last = process.cpuUsage();
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(last);
    turns.push((user + system) / 1000);
    last = process.cpuUsage();
  }, 1);
  await action();
  clearInterval(timer);
  turns.sort((a, b) => a - b);
  return turns[Math.floor(turns.length * 0.99)] ?? 0;
}
