import { expect } from 'chai';
import { pino } from 'pino';
import { type Queue, QueueUnavailable } from '../../jobs/queue/queue.ts';
import { type Schedule, startReconciler } from '../../jobs/reconciler.ts';
import { pause, until } from '../support/until.ts';

interface Kinds {
  greet: { name: string };
  sweep: Record<string, never>;
}

const log = pino({ level: 'silent' });
const hour = 3_600_000;

/** A queue that nobody works on, so that what is added stays. */
function idleQueue(delayed = 0) {
  const added: { name: string; payload: unknown }[] = [];
  const queue: Queue<Kinds> = {
    async add(name, payload) {
      added.push({ name, payload });
    },
    async counts(name) {
      const waiting = added.filter((job) => job.name === name).length;
      return { waiting, delayed, running: 7, failed: 3 };
    },
    start() {},
    close: async () => {},
  };
  return { added, queue };
}

function scheduleOf(find: () => Promise<Kinds['greet'][]>): Schedule<Kinds> {
  return { greet: { everyMs: 5, find }, sweep: { everyMs: hour, find: async () => [] } };
}

describe('jobs: the reconciler', () => {
  const due = async () => [{ name: 'Noor' }, { name: 'Sem' }, { name: 'Jan' }];

  it('adds a job for each thing that is due, and none for what waits already', async () => {
    const { added, queue } = idleQueue();
    const reconciler = startReconciler(queue, scheduleOf(due), { log });
    await until(() => added.length > 0);
    await pause(60);
    await reconciler.close();
    expect(added).to.deep.equal([
      { name: 'greet', payload: { name: 'Noor' } },
      { name: 'greet', payload: { name: 'Sem' } },
      { name: 'greet', payload: { name: 'Jan' } },
    ]);
  });

  it('counts jobs that wait for another attempt as waiting', async () => {
    const { added, queue } = idleQueue(2);
    const reconciler = startReconciler(queue, scheduleOf(due), { log });
    await until(() => added.length > 0);
    await pause(30);
    await reconciler.close();
    expect(added).to.have.length(1);
  });

  it('looks only where it leads', async () => {
    const { added, queue } = idleQueue();
    let leads = false;
    const reconciler = startReconciler(queue, scheduleOf(due), { log, leads: async () => leads });
    await pause(30);
    expect(added).to.deep.equal([]);
    leads = true;
    await until(() => added.length > 0);
    await reconciler.close();
    expect(added).to.have.length(3);
  });

  it('goes on after the queue was away, without a line in the log, and after a fault with one', async () => {
    const lines: string[] = [];
    const { added, queue } = idleQueue();
    let looks = 0;
    const faulty = async () => {
      looks += 1;
      if (looks < 4) throw new QueueUnavailable();
      if (looks < 8) throw new Error('no route to jan@voorbeeld.nl');
      return [{ name: 'Noor' }];
    };
    const reconciler = startReconciler(queue, scheduleOf(faulty), {
      log: pino({ level: 'info' }, { write: (line: string) => lines.push(line) }),
    });
    await until(() => added.length > 0);
    await pause(10);
    await reconciler.close();
    expect(lines.map((line) => JSON.parse(line).msg)).to.deep.equal([
      'failed; tried again until it works',
      'works again',
    ]);
    expect(lines.join('')).not.to.include('jan@');
  });
});
