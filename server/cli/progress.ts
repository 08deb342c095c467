import cliProgress from 'cli-progress';
import type { Progress } from '../../surveys/files/progress.ts';

/** A bar on standard error while a file is read; nothing where that is no terminal. */
export function fileProgress(): { onProgress(progress: Progress): void; stop(): void } {
  const bar = new cliProgress.SingleBar({
    format: '{bar} {percentage} % | {rows} rows | {eta_formatted} to go',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  let started = false;
  return {
    onProgress: ({ rows, bytes, totalBytes }) => {
      if (!started) bar.start(totalBytes, bytes, { rows });
      else bar.update(bytes, { rows });
      started = true;
    },
    stop: () => {
      if (started) bar.stop();
    },
  };
}

/** A bar on standard error while so many of a known number are written; nothing where that is no terminal. */
export function countProgress(): { onProgress(done: number, total: number): void; stop(): void } {
  const bar = new cliProgress.SingleBar({
    format: '{bar} {percentage} % | {value} of {total} | {eta_formatted} to go',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  let started = false;
  return {
    onProgress: (done, total) => {
      if (!started) bar.start(total, done);
      else bar.update(done);
      started = true;
    },
    stop: () => {
      if (started) bar.stop();
    },
  };
}
