import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';
import { openWithClient, temporaryDirectory } from './support.ts';

const writers = 20;

/** Starts the writing process and collects what it was acknowledged. */
function startWriter(directory: string, round: number): { child: ChildProcess; acknowledged(): string[] } {
  const script = new URL('./writer.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, ['--import=tsx', script, directory, String(round), String(writers)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout?.on('data', (piece) => {
    output += piece;
  });
  // A last line without its end was not written whole: it doesn't count.
  return { child, acknowledged: () => output.split('\n').slice(0, -1) };
}

describe('what was acknowledged', () => {
  const directory = temporaryDirectory();
  const rounds = Number(process.env.STORE_KILL_ROUNDS ?? 3);

  it(`is there after kill -9, in ${rounds} rounds with ${writers} writers, and every index fits its records`, async function () {
    this.timeout(rounds * 20_000);
    const expected = new Set<string>();
    for (let round = 0; round < rounds; round += 1) {
      const { child, acknowledged } = startWriter(directory(), round);
      const least = 200 + Math.floor(Math.random() * 800);
      while (acknowledged().length < least) await new Promise((done) => setTimeout(done, 20));
      child.kill('SIGKILL');
      await once(child, 'close');
      for (const id of acknowledged()) expected.add(id);

      const { store, db, close } = await openWithClient(directory());
      expect(store.joined).to.equal(false);
      const found = await db
        .collection('kept')
        .find({}, { projection: { _id: 1 } })
        .toArray();
      const ids = new Set(found.map(({ _id }) => String(_id)));
      expect([...expected].filter((id) => !ids.has(id))).to.deep.equal([]);
      expect(await db.command({ validate: 'kept' })).to.include({ valid: true });
      await close();
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

  it('a scan of 100,000 documents, and dropping them, lets the event loop turn', async function () {
    this.timeout(120_000);
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
