import type { Logger } from 'pino';

/** Milliseconds from the signal to the end of the process: supervisors kill what takes half a minute. */
const patience = 24_000;

/** Resolves at the first SIGTERM or SIGINT; a second one ends the process at once, as is usual. */
export function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    const heard = () => {
      process.off('SIGTERM', heard).off('SIGINT', heard);
      resolve();
    };
    process.on('SIGTERM', heard).on('SIGINT', heard);
  });
}

/**
 * Ends what the process does, in order. What is not over in time is given up: its leases end by themselves, and
 * another process goes on with it.
 */
export async function endInTime(close: () => Promise<void>, log: Logger): Promise<void> {
  setTimeout(() => {
    log.warn('not all had ended in time');
    process.exit();
  }, patience).unref();
  await close();
}
