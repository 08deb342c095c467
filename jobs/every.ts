import type { Logger } from 'pino';
import { describeError } from './describe-error.ts';

/** Something that goes on until it is closed; `close` resolves when its last turn has ended. */
export interface Ongoing {
  close(): Promise<void>;
}

/**
 * Does something now and then again and again, `ms` milliseconds after it ended. A failure is logged once, not at each
 * turn, and so is its end.
 */
export function every(ms: number, log: Logger, act: () => Promise<void>): Ongoing {
  let closed = false;
  let failing = false;
  let timer: NodeJS.Timeout | undefined;
  let turn = Promise.resolve();

  async function once(): Promise<void> {
    try {
      await act();
      if (failing) log.info('works again');
      failing = false;
    } catch (error) {
      if (!failing && !closed) log.error({ err: describeError(error) }, 'failed; tried again until it works');
      failing = true;
    }
    if (!closed) timer = setTimeout(begin, ms);
  }

  function begin() {
    turn = once();
  }

  begin();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await turn;
    },
  };
}
