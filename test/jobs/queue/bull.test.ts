import Bull from 'bull';
import { expect } from 'chai';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { createBullQueue } from '../../../jobs/queue/bull.ts';
import { type Queue, QueueUnavailable, type Registry } from '../../../jobs/queue/queue.ts';
import { openRedis } from '../../../jobs/queue/redis.ts';
import { type RedisServer, redisMissing, startRedis } from '../../support/redis.ts';
import { pause, until } from '../../support/until.ts';
import { type Greet, greeter } from './greeter.ts';

const prefix = 'golden-ear-test';

describe('jobs/queue on Redis', () => {
  let server: RedisServer;
  let lines: string[];
  const queues: Queue<never>[] = [];

  before(async function () {
    if (redisMissing) return this.skip();
    server = await startRedis();
  });
  beforeEach(async () => {
    lines = [];
    await server.start();
    await server.flush();
  });
  afterEach(async () => {
    await Promise.all(queues.splice(0).map((queue) => queue.close()));
  });
  after(() => server?.close());

  /** A queue as one process has it. */
  function open<Payloads>(registry: Registry<Payloads>, url = server.url): Queue<Payloads> {
    const log = pino({ level: 'info' }, { write: (line: string) => lines.push(line) });
    const queue = createBullQueue(registry, {
      redis: openRedis(url, log, { betweenPings: 1_000 }),
      prefix,
      log,
    });
    queues.push(queue);
    return queue;
  }

  it('runs what one process added in another', async () => {
    const greeted: string[] = [];
    const registry = { greet: greeter(async ({ name }) => void greeted.push(name)) };
    const [web, worker] = [open(registry), open(registry)];
    await web.add('greet', { name: 'Noor' });
    await web.add('greet', { name: 'Sem' });
    expect(await worker.counts('greet')).to.deep.equal({ waiting: 2, delayed: 0, running: 0, failed: 0 });
    worker.start();
    await until(() => greeted.length === 2);
    expect(greeted).to.deep.equal(['Noor', 'Sem']);
  });

  it('shares the jobs of a kind among workers, as many at once as the kind allows', async () => {
    let running = 0;
    let most = 0;
    let done = 0;
    const registry = {
      greet: greeter(
        async () => {
          running += 1;
          most = Math.max(most, running);
          await pause(30);
          running -= 1;
          done += 1;
        },
        { concurrency: 2 },
      ),
    };
    const workers = [open(registry), open(registry)];
    for (let i = 0; i < 12; i += 1) await workers[0]!.add('greet', { name: `${i}` });
    for (const worker of workers) worker.start();
    await until(() => done === 12);
    expect(most).to.equal(4);
  });

  it('tries a failing job again, then keeps it, and tells nobody what the error said', async () => {
    let tries = 0;
    const queue = open({
      greet: greeter(async () => {
        tries += 1;
        throw new Error('no route to jan@voorbeeld.nl');
      }),
    });
    queue.start();
    await queue.add('greet', { name: 'Jan' });
    await until(async () => (await queue.counts('greet')).failed === 1);
    expect(tries).to.equal(3);
    expect(lines.filter((line) => line.includes('job failed'))).to.have.length(3);
    expect(lines.join('')).not.to.include('jan@');
    const bull = new Bull('greet', server.url, { prefix });
    const [kept] = await bull.getFailed();
    await bull.close();
    expect(kept?.failedReason).to.equal('Error');
    expect(JSON.stringify(kept)).not.to.include('jan@');
  });

  it('keeps a payload that does not fit its schema, names the faults and does not try it', async () => {
    let handled = 0;
    const queue = open({
      greet: greeter(async () => {
        handled += 1;
      }),
    });
    queue.start();
    const stale: unknown = { name: 3, colour: 'red' };
    await queue.add('greet', stale as Greet);
    await until(async () => (await queue.counts('greet')).failed === 1);
    expect(handled).to.equal(0);
    const { faults } = JSON.parse(lines.find((line) => line.includes('does not fit'))!);
    expect(faults.map((fault: { pointer: string }) => fault.pointer)).to.have.members(['/name', '/colour']);
  });

  it('keeps and reports jobs that it does not know: a kind of another version, and a name within a kind', async () => {
    const older = open({ sing: greeter(async () => {}) });
    older.start();
    const looking = new Redis(server.url);
    await until(async () => (await looking.sismember(`${prefix}:kinds`, 'sing')) === 1);
    looking.disconnect();
    await older.close();
    const bull = new Bull('sing', server.url, { prefix });
    await bull.add('sing', { name: 'Noor' });
    const odd = new Bull('greet', server.url, { prefix });
    await odd.add('whisper', { name: 'Noor' });

    const newer = open({ greet: greeter(async () => {}) });
    newer.start();
    await until(async () => (await newer.counts('greet')).failed === 1);
    await until(() => lines.some((line) => line.includes('unknown kind')));
    expect(await bull.getWaitingCount()).to.equal(1);
    expect(lines.find((line) => line.includes('unknown kind'))).to.include('"kind":"sing","waiting":1');
    expect(lines.find((line) => line.includes('job kept unhandled'))).to.include('"given":"whisper"');
    await Promise.all([bull.close(), odd.close()]);
  });

  it('rejects within seconds while Redis is away, says so once, and works when it is back', async () => {
    const greeted: string[] = [];
    const queue = open({ greet: greeter(async ({ name }) => void greeted.push(name)) });
    queue.start();
    await queue.add('greet', { name: 'Noor' });
    await until(() => greeted.length === 1);
    await server.kill();
    for (let i = 0; i < 2; i += 1) {
      const begin = performance.now();
      const refused = await queue.add('greet', { name: 'Sem' }).catch((error: Error) => error);
      expect(refused).to.be.instanceOf(QueueUnavailable);
      expect(performance.now() - begin).to.be.below(15_000);
    }
    await server.start({ empty: true });
    await until(() => lines.some((line) => line.includes('works again')));
    await queue.add('greet', { name: 'Jan' });
    await until(() => greeted.includes('Jan'));
    expect(lines.map((line) => JSON.parse(line).msg)).to.deep.equal([
      'Redis fails; what is due waits in the store',
      'Redis works again',
    ]);
  });

  it('rejects within seconds while Redis says nothing', async () => {
    const queue = open({ greet: greeter(async () => {}) });
    await queue.add('greet', { name: 'Noor' });
    server.suspend();
    try {
      const begin = performance.now();
      const refused = await queue.add('greet', { name: 'Sem' }).catch((error: Error) => error);
      expect(refused).to.be.instanceOf(QueueUnavailable);
      expect(performance.now() - begin).to.be.below(15_000);
    } finally {
      server.resume();
    }
  });

  it('finds out by itself that Redis says nothing, and works on when it speaks again', async () => {
    const greeted: string[] = [];
    const queue = open({ greet: greeter(async ({ name }) => void greeted.push(name)) });
    queue.start();
    await queue.add('greet', { name: 'Noor' });
    await until(() => greeted.length === 1);
    server.suspend();
    await until(() => lines.some((line) => line.includes('"code":"ETIMEDOUT"')));
    server.resume();
    await until(() => lines.some((line) => line.includes('works again')));
    await queue.add('greet', { name: 'Sem' });
    await until(() => greeted.length === 2);
  });

  it('starts before Redis does, and closes without it', async () => {
    await server.kill();
    const greeted: string[] = [];
    const registry = { greet: greeter(async ({ name }) => void greeted.push(name)) };
    const never = open(registry);
    never.start();
    const begin = performance.now();
    await never.close();
    expect(performance.now() - begin).to.be.below(15_000);

    const early = open(registry);
    early.start();
    await server.start();
    await early.add('greet', { name: 'Noor' });
    await until(() => greeted.length === 1);
  });

  it('waits for running jobs on close, also when Redis goes meanwhile, and takes no more', async () => {
    let open_ = () => {};
    const opened = new Promise<void>((resolve) => {
      open_ = resolve;
    });
    const begun: string[] = [];
    const queue = open({
      greet: greeter(async ({ name }) => {
        begun.push(name);
        await opened;
      }),
    });
    queue.start();
    await queue.add('greet', { name: 'running' });
    await queue.add('greet', { name: 'waiting' });
    await until(() => begun.length === 1);
    await server.kill();
    let closed = false;
    const closing = queue.close().then(() => {
      closed = true;
    });
    await pause(100);
    expect(closed).to.equal(false);
    open_();
    await closing;
    expect(begun).to.deep.equal(['running']);
    const refused = await queue.add('greet', { name: 'late' }).catch((error: Error) => error);
    expect(refused).to.be.instanceOf(Error);
  });

  it('logs in with a password, on a numbered database, and never tells the password', async () => {
    const guarded = await startRedis({ args: ['--requirepass', 'p@ss/word'] });
    const { host } = new URL(guarded.url);
    try {
      const greeted: string[] = [];
      const registry = { greet: greeter(async ({ name }) => void greeted.push(name)) };
      const url = `redis://:${encodeURIComponent('p@ss/word')}@${host}/3`;
      const queue = open(registry, url);
      queue.start();
      await queue.add('greet', { name: 'Noor' });
      await until(() => greeted.length === 1);
      const looking = new Redis(url);
      expect(await looking.dbsize()).to.be.above(0);
      expect(looking.options.db).to.equal(3);
      looking.disconnect();
      expect(lines).to.deep.equal([]);

      const wrong = open(registry, `redis://:sesame@${host}`);
      wrong.start();
      const refused = await wrong.add('greet', { name: 'Noor' }).catch((error: Error) => error);
      expect(refused).to.be.instanceOf(QueueUnavailable);
      expect(lines.map((line) => JSON.parse(line).code)).to.deep.equal(['WRONGPASS']);
      expect(lines.join('')).not.to.include('sesame');
    } finally {
      await Promise.all(queues.splice(0).map((queue) => queue.close()));
      await guarded.close();
    }
  });
});
