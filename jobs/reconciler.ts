import type { Logger } from 'pino';
import { every, type Ongoing } from './every.ts';
import { type Queue, QueueUnavailable } from './queue/queue.ts';

/** When to look in the store for work of one kind, and how. */
export interface Due<Payload> {
  /** Milliseconds between two looks. */
  everyMs: number;
  /** One payload for each job that should be waiting now; jobs that wait already count, those that run do not. */
  find(): Promise<Payload[]>;
}

/** How the work of each kind is found. A kind of job that nothing looks for does not compile. */
export type Schedule<Payloads> = { readonly [Name in keyof Payloads]: Due<Payloads[Name]> };

interface Options {
  log: Logger;
  /** Whether this process is the one that looks. */
  leads?: () => Promise<boolean>;
  /** Other times between two looks, in milliseconds. */
  intervals?: Readonly<Record<string, number>>;
}

/**
 * Looks in the store for what is due and adds the jobs for it, again and again. Nothing is due because a queue
 * remembers it: a queue that lost everything, or a worker that died, delays work by one look, or by the end of a lease.
 * Jobs that run do not count as waiting, since their process may be dead; one job too many finds nothing to do.
 */
export function startReconciler<Payloads>(
  queue: Queue<Payloads>,
  schedule: Schedule<Payloads>,
  { log, leads = async () => true, intervals = {} }: Options,
): Ongoing {
  const looks: Ongoing[] = [];
  for (const name in schedule) {
    const { everyMs, find } = schedule[name];
    const look = async () => {
      if (await leads()) await reconcile(queue, name, find);
    };
    looks.push(every(intervals[name] ?? everyMs, log.child({ schedule: name }), unlessUnavailable(look)));
  }
  return {
    async close() {
      await Promise.all(looks.map((look) => look.close()));
    },
  };
}

async function reconcile<Payloads, Name extends keyof Payloads & string>(
  queue: Queue<Payloads>,
  name: Name,
  find: () => Promise<Payloads[Name][]>,
): Promise<void> {
  const due = await find();
  if (due.length === 0) return;
  const { waiting, delayed } = await queue.counts(name);
  for (const payload of due.slice(waiting + delayed)) await queue.add(name, payload);
}

/** The queue itself tells when it is gone and when it is back. */
function unlessUnavailable(act: () => Promise<void>): () => Promise<void> {
  return async () => {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof QueueUnavailable)) throw error;
    }
  };
}
