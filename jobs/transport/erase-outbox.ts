import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Deletes the mails of a local outbox that were written before an instant, and what a crash left half-written.
 * An outbox that is not there is empty.
 * @returns how many
 */
export async function eraseOutbox(directory: string, before: Date): Promise<number> {
  let erased = 0;
  for (const name of await namesIn(directory)) {
    if (!/\.(eml|tmp)$/.test(name)) continue;
    const file = join(directory, name);
    try {
      if ((await stat(file)).mtime >= before) continue;
      await rm(file);
      erased += 1;
    } catch (error) {
      // Another process was first.
      if (!isAbsent(error)) throw error;
    }
  }
  return erased;
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
