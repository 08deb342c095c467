import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { type OwnerProcess, startOwner } from './owner-process.ts';
import { openWithClient, temporaryDirectory } from './support.ts';

/** strace shows the system calls of a process, and can slow them down or make them fail. */
const { status } = spawnSync('strace', ['-o', '/dev/null', 'true'], { stdio: 'ignore' });
const why = status === 0 ? '' : ': skipped, strace is not here or may not trace';
const traced = status === 0 ? describe : describe.skip;

traced(`An answer to a write, seen from the system calls${why}`, () => {
  const directory = temporaryDirectory();
  let owner: OwnerProcess | undefined;
  afterEach(async () => {
    await owner?.stop();
    owner = undefined;
  });
  const start = async (...options: string[]) => {
    owner = await startOwner(directory(), ['strace', '-f', ...options]);
    return owner.client;
  };

  it('goes out after the fdatasync of its data and the synchronous write of the root that follows it', async () => {
    const trace = join(directory(), 'trace');
    const client = await start('-y', '-x', '-s', '16', '-e', `trace=${writing},fdatasync`, '-o', trace);
    const things = client.db().collection<{ _id: number }>('things');
    await things.insertOne({ _id: -1 });
    const inserts = new Set<number>();
    client.on('commandStarted', ({ commandName, requestId }) => {
      if (commandName === 'insert') inserts.add(requestId);
    });
    for (let _id = 0; _id < 50; _id += 1) await things.insertOne({ _id });
    await owner?.stop();
    owner = undefined;

    const steps = stepsOf(readFileSync(trace, 'utf8'));
    for (const requestId of inserts) {
      const answer = steps.indexOf(requestId);
      const since = steps.slice(0, answer).findLastIndex((step) => typeof step === 'number');
      // One client that waits for each answer: what lies between two answers belongs to the second.
      expect(steps.slice(since + 1, answer).join(' '), `insert ${requestId}`).to.match(
        /^(write )+sync root$/,
      );
    }
    expect(inserts.size).to.equal(50);
  });

  it('waits as long as fdatasync takes, for each of those who wait together, and holds up nobody else', async () => {
    const client = await start(
      '-o',
      '/dev/null',
      '-e',
      'trace=fdatasync',
      '-e',
      'inject=fdatasync:delay_enter=300000',
    );
    const slow = client.db().collection<{ _id: number }>('slow');
    const took = async (action: () => Promise<unknown>) => {
      const started = performance.now();
      await action();
      return performance.now() - started;
    };
    await slow.insertOne({ _id: -1 });
    // Nothing else may be under way, or it would be that which is waited for.
    await pause(1_000);
    const times = Promise.all(Array.from({ length: 20 }, (_, _id) => took(() => slow.insertOne({ _id }))));
    const pings = [1, 2, 3].map(() => took(() => client.db().command({ ping: 1 })));
    expect(Math.min(...(await times))).to.be.at.least(300);
    expect(Math.min(...(await Promise.all(pings)))).to.be.below(300);
  });

  it('is an error when fdatasync fails, and what was answered before and after stays', async () => {
    // Counted for each thread: the first fdatasyncs of the main one belong to the opening of the files.
    const inject = 'inject=fdatasync:error=EIO:when=6+3';
    const client = await start('-o', '/dev/null', '-e', 'trace=fdatasync', '-e', inject);
    const shaky = client.db().collection<{ _id: number }>('shaky');
    const outcomes: boolean[] = [];
    for (let _id = 0; _id < 60; _id += 1) {
      outcomes.push(
        await shaky.insertOne({ _id }).then(
          () => true,
          () => false,
        ),
      );
    }
    const kept = outcomes.flatMap((done, _id) => (done ? [_id] : []));
    expect(kept.length).to.be.within(20, 57);
    expect(outcomes.slice(-6), 'it goes on').to.include(true);
    await owner?.stop();
    owner = undefined;

    const { db, close } = await openWithClient(directory());
    const stored = await db.collection('shaky').find().sort({ _id: 1 }).toArray();
    const clean = await db.command({ validate: 'shaky' });
    await close();
    expect(stored.map(({ _id }) => Number(_id))).to.deep.equal(kept);
    expect(clean).to.include({ valid: true });
  });
});

const writing = 'write,writev,pwrite64,pwritev,sendmsg';

/**
 * What a trace tells, in order: the number of the request that a message on a socket answers, and for the data file
 * `write`, `sync` (when it has ended) and `root`: the page that makes a transaction count, which LMDB writes through a
 * second descriptor that is synchronous (O_DSYNC).
 */
function stepsOf(trace: string): Step[] {
  const root = /pwrite64\((\d+)<[^>]*store\.mdb>, "[^"]*"\.\.\., 128,/.exec(trace)?.[1];
  return trace.split('\n').flatMap((line): Step[] => {
    if (/fdatasync(\(.*| resumed>.*)\) += 0/.test(line)) return ['sync'];
    if (/fdatasync\(/.test(line)) return [];
    const [, descriptor, file = '', bytes = ''] = /\w+\((\d+)<([^>]*)>, .*?"((?:\\x..)+)"/.exec(line) ?? [];
    if (file.endsWith('store.mdb')) return [descriptor === root ? 'root' : 'write'];
    const frame = Buffer.from(bytes.replaceAll('\\x', ''), 'hex');
    const isAnswer = frame.length >= 16 && frame.readInt32LE(12) === messageOperation;
    return file.startsWith('socket:') && isAnswer ? [frame.readInt32LE(8)] : [];
  });
}

const messageOperation = 2013;

type Step = number | 'write' | 'sync' | 'root';
