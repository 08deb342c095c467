import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime from 'postal-mime';

/** A mail of the local outbox, decoded. */
export interface OutboxMail {
  /** Name of the file without `.eml`. */
  id: string;
  writtenAt: Date;
  messageId: string;
  from: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  /** By lower-case name; where a header occurs twice, the last. */
  headers: Readonly<Record<string, string>>;
}

/**
 * The newest mails of an outbox, newest first; none where the directory is not there.
 *
 * @param known ids of mails that are left out, and not read
 */
export async function readOutbox(
  directory: string,
  { limit = 50, known = new Set() }: { limit?: number; known?: ReadonlySet<string> } = {},
): Promise<OutboxMail[]> {
  const files = (await namesIn(directory)).filter(
    (name) => name.endsWith('.eml') && !name.startsWith('.') && !known.has(idOf(name)),
  );
  const dated = await Promise.all(
    files.map(async (name) => ({ name, writtenAt: (await stat(join(directory, name))).mtime })),
  );
  const newest = dated
    .sort((a, b) => b.writtenAt.getTime() - a.writtenAt.getTime() || a.name.localeCompare(b.name))
    .slice(0, limit);
  return Promise.all(newest.map(({ name, writtenAt }) => readMail(directory, name, writtenAt)));
}

/** One mail of an outbox by its id; undefined when there is none. */
export async function readOutboxMail(directory: string, id: string): Promise<OutboxMail | undefined> {
  if (!/^[0-9a-f]{32}$/.test(id)) return undefined;
  const name = `${id}.eml`;
  const file = await stat(join(directory, name)).catch(unlessAbsent);
  return file && readMail(directory, name, file.mtime);
}

async function readMail(directory: string, name: string, writtenAt: Date): Promise<OutboxMail> {
  const mail = await PostalMime.parse(await readFile(join(directory, name)));
  return {
    id: idOf(name),
    writtenAt,
    messageId: mail.messageId ?? '',
    from: mail.from?.address ?? '',
    to: mail.to?.[0]?.address ?? '',
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html ?? '',
    headers: Object.fromEntries(mail.headers.map(({ key, value }) => [key, value])),
  };
}

function idOf(name: string): string {
  return name.replace(/\.eml$/, '');
}

async function namesIn(directory: string): Promise<string[]> {
  return (await readdir(directory).catch(unlessAbsent)) ?? [];
}

function unlessAbsent(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}
