import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readOutbox } from './read-outbox.ts';

/** Deletes the mails of a local outbox to some addresses. @returns how many */
export async function eraseOutboxOf(directory: string, isOf: (address: string) => boolean): Promise<number> {
  const mails = (await readOutbox(directory, { limit: Number.POSITIVE_INFINITY })).filter(({ to }) =>
    isOf(to),
  );
  await Promise.all(mails.map(({ id }) => rm(join(directory, `${id}.eml`), { force: true })));
  return mails.length;
}
