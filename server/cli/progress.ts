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
