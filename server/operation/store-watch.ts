import type { Logger } from 'pino';

/** Knows whether the store answers, so that a request need not wait to find out that it does not. */
export interface StoreWatch {
  up(): boolean;
  /** Calls once when the store stops answering. @returns a function that takes this back. */
  onceDown(act: () => void): () => void;
  close(): Promise<void>;
}

interface WatchOptions {
  log: Logger;
  /** Rejects, or does not settle, while the store does not answer. */
  ping(): Promise<unknown>;
  /** Tried again and again while the store is down: a way to reach it where it is now. */
  rejoin?: () => Promise<void>;
}

/** Milliseconds between the end of a ping and the next. */
const pause = 500;
/** A ping counts as unanswered after that many turns of `tick` milliseconds in which this process was free to hear it. */
const patience = 15;
const tick = 100;

/**
 * Pings the store all the time. The wait for an answer is counted in ticks that came on time, since a process that
 * is busy itself (an import, a release) hears everything late, and would take itself for cut off.
 */
export function watchStore({ log, ping, rejoin }: WatchOptions): StoreWatch {
  const waiting = new Set<() => void>();
  let isUp = true;
  let closed = false;
  let wake: (() => void) | undefined;

  async function run(): Promise<void> {
    while (!closed) {
      note(await answers(ping));
      if (!isUp && !closed) await rejoin?.().catch(() => undefined);
      if (!closed) await sleep();
    }
  }

  function note(answered: boolean): void {
    if (closed || answered === isUp) return;
    isUp = answered;
    if (isUp) log.info('the store answers again');
    else log.error('the store does not answer');
    if (isUp) return;
    const acts = [...waiting];
    waiting.clear();
    for (const act of acts) act();
  }

  function sleep(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, pause).unref();
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  const running = run();
  return {
    up: () => isUp,
    onceDown(act) {
      waiting.add(act);
      return () => waiting.delete(act);
    },
    async close() {
      closed = true;
      waiting.clear();
      wake?.();
      await running;
    },
  };
}

/** Whether a ping is answered while this process listens for it. */
function answers(ping: () => Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    let onTime = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      if (now - last < 2 * tick) onTime += 1;
      last = now;
      if (onTime >= patience) end(false);
    }, tick).unref();
    const end = (answered: boolean) => {
      clearInterval(timer);
      resolve(answered);
    };
    ping().then(
      () => end(true),
      () => end(false),
    );
  });
}
