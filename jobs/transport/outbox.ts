import { createHash } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import nodemailer from 'nodemailer';
import { composeOptions } from './compose.ts';
import type { Transport } from './transport.ts';

/**
 * Writes mails to `directory` instead of sending them, one `.eml` file each, named by a hash of the Message-ID:
 * the same mail written again replaces its file. A mail is accepted when it is on disk under its final name.
 */
export function outboxTransport(directory: string): Transport {
  const composer = nodemailer.createTransport({
    streamTransport: true,
    buffer: true,
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  let made: Promise<unknown> | undefined;
  return {
    async send(mail, signal) {
      if (signal?.aborted) return { kind: 'retry', reason: 'EABORT' };
      try {
        made ??= mkdir(directory, { recursive: true, mode: 0o700 });
        await made;
        const { message } = await composer.sendMail(composeOptions(mail));
        if (!Buffer.isBuffer(message)) return { kind: 'failed', reason: 'EMESSAGE' };
        await writeDurably(directory, `${hash(mail.messageId)}.eml`, message);
        return { kind: 'accepted' };
      } catch (error) {
        made = undefined;
        const code = error instanceof Error && 'code' in error ? String(error.code) : 'EUNKNOWN';
        return { kind: code === 'EENVELOPE' ? 'failed' : 'unavailable', reason: code };
      }
    },
    async close() {
      composer.close();
    },
  };
}

/** Temporary file, fsync, rename, fsync of the directory: after a crash the file is there in full or not at all. */
async function writeDurably(directory: string, name: string, content: Buffer): Promise<void> {
  const temporary = join(directory, `.${name}.${process.pid}.tmp`);
  try {
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, join(directory, name));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  const folder = await open(directory, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function hash(messageId: string): string {
  return createHash('sha256').update(messageId).digest('hex').slice(0, 32);
}
