import { expect } from 'chai';
import { pino } from 'pino';
import { createInProcessQueue } from '../../../jobs/queue/in-process.ts';
import { until } from '../../support/until.ts';
import { type Greet, greeter, quick } from './greeter.ts';

/** A log whose lines are kept. */
function keptLog() {
  const lines: string[] = [];
  return { lines, log: pino({ level: 'info' }, { write: (line: string) => lines.push(line) }) };
}

function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

describe('jobs/queue in process', () => {
  it('runs what was added, once it is started, in the order in which it came', async () => {
    const greeted: string[] = [];
    const queue = createInProcessQueue(
      { greet: greeter(async ({ name }) => void greeted.push(name)) },
      { log: keptLog().log },
    );
    await queue.add('greet', { name: 'Noor' });
    await queue.add('greet', { name: 'Sem' });
    expect(greeted).to.deep.equal([]);
    queue.start();
    await until(() => greeted.length === 2);
    await queue.close();
    expect(greeted).to.deep.equal(['Noor', 'Sem']);
  });

  it('runs as many of a kind at once as the kind allows, and no more', async () => {
    let running = 0;
    let most = 0;
    let done = 0;
    const queue = createInProcessQueue(
      {
        greet: greeter(
          async () => {
            running += 1;
            most = Math.max(most, running);
            await new Promise((end) => setTimeout(end, 5));
            running -= 1;
            done += 1;
          },
          { concurrency: 3 },
        ),
      },
      { log: keptLog().log },
    );
    queue.start();
    for (let i = 0; i < 10; i += 1) await queue.add('greet', { name: `${i}` });
    await until(() => done === 10);
    await queue.close();
    expect(most).to.equal(3);
  });

  it('tries a failing job again, as often as its policy says, and leaves other kinds alone', async () => {
    let tries = 0;
    const greeted: string[] = [];
    const { log, lines } = keptLog();
    const queue = createInProcessQueue(
      {
        fail: greeter(async () => {
          tries += 1;
          throw new Error('no route to jan@voorbeeld.nl');
        }),
        greet: greeter(async ({ name }) => void greeted.push(name)),
      },
      { log },
    );
    queue.start();
    await queue.add('fail', { name: 'Jan' });
    await queue.add('greet', { name: 'Noor' });
    await until(() => tries === 3 && greeted.length === 1);
    await queue.close();
    expect(tries).to.equal(3);
    expect(lines.filter((line) => line.includes('job failed'))).to.have.length(3);
    expect(lines.join('')).not.to.include('jan@voorbeeld.nl');
  });

  it('succeeds on a later attempt without a trace of the earlier ones', async () => {
    let tries = 0;
    const queue = createInProcessQueue(
      {
        greet: greeter(async () => {
          tries += 1;
          if (tries < 3) throw new Error('not yet');
        }),
      },
      { log: keptLog().log },
    );
    queue.start();
    await queue.add('greet', { name: 'Noor' });
    await until(() => tries === 3);
    await queue.add('greet', { name: 'Noor' });
    await until(() => tries === 4);
    await queue.close();
  });

  it('drops a payload that does not fit its schema, names the faults and does not try again', async () => {
    let handled = 0;
    const { log, lines } = keptLog();
    const queue = createInProcessQueue<{ greet: Greet }>(
      {
        greet: greeter(async () => {
          handled += 1;
        }),
      },
      { log },
    );
    queue.start();
    const stale: unknown = { name: 3, colour: 'red' };
    await queue.add('greet', stale as Greet);
    await until(() => lines.length > 0);
    await queue.close();
    expect(handled).to.equal(0);
    expect(JSON.parse(lines[0]!).faults.map((fault: { pointer: string }) => fault.pointer)).to.have.members([
      '/name',
      '/colour',
    ]);
  });

  it('counts the jobs of a kind by where they are, and takes none of a kind there is not', async () => {
    const { open, opened } = gate();
    const queue = createInProcessQueue(
      {
        greet: greeter(async () => opened),
        fail: greeter(async () => Promise.reject(new Error('no')), { retry: { ...quick, attempts: 1 } }),
      },
      { log: keptLog().log },
    );
    for (let i = 0; i < 3; i += 1) await queue.add('greet', { name: 'Noor' });
    await queue.add('fail', { name: 'Jan' });
    expect(await queue.counts('greet')).to.deep.equal({ waiting: 3, delayed: 0, running: 0, failed: 0 });
    queue.start();
    expect(await queue.counts('greet')).to.deep.equal({ waiting: 2, delayed: 0, running: 1, failed: 0 });
    await new Promise((turn) => setTimeout(turn, 10));
    expect(await queue.counts('fail')).to.deep.equal({ waiting: 0, delayed: 0, running: 0, failed: 1 });
    const refused = await queue.add('sing' as 'greet', { name: 'Noor' }).catch((error: Error) => error);
    expect(refused).to.be.instanceOf(Error);
    open();
    await queue.close();
  });

  it('waits for running jobs on close, drops the waiting ones and takes no more', async () => {
    const { open, opened } = gate();
    const ended: string[] = [];
    const queue = createInProcessQueue(
      {
        greet: greeter(async ({ name }) => {
          await opened;
          ended.push(name);
        }),
      },
      { log: keptLog().log },
    );
    queue.start();
    await queue.add('greet', { name: 'running' });
    await queue.add('greet', { name: 'waiting' });
    let closed = false;
    const closing = queue.close().then(() => {
      closed = true;
    });
    await new Promise((turn) => setTimeout(turn, 10));
    expect(closed).to.equal(false);
    open();
    await closing;
    expect(ended).to.deep.equal(['running']);
    const refused = await queue.add('greet', { name: 'late' }).catch((error: Error) => error);
    expect(refused).to.be.instanceOf(Error);
  });
});
