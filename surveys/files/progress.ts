import { stat } from 'node:fs/promises';

/** How far an import is. Bytes are those read from the file, so that `bytes / totalBytes` is the share done. */
export interface Progress {
  rows: number;
  bytes: number;
  totalBytes: number;
}

/** Counts what was read of a file, and tells it on. */
export async function progressOf(file: string, onProgress: ((progress: Progress) => void) | undefined) {
  const progress: Progress = { rows: 0, bytes: 0, totalBytes: (await stat(file)).size };
  return {
    onBytes: (bytes: number) => {
      progress.bytes += bytes;
    },
    addRows: (rows: number) => {
      progress.rows += rows;
      onProgress?.({ ...progress });
    },
  };
}
