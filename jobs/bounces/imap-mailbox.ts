import type { ImapFlowOptions } from 'imapflow';
import type { Mailbox } from './mailbox.ts';

/** A report tells all in its beginning; what follows is the returned mail. */
const longest = 256 * 1_024;
/** More are left to the next time. */
const mostAtOnce = 500;
const timeouts = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 60_000 };

/**
 * A mailbox over IMAP. `url`: `imaps://user:password@host/folder` (port 993, folder INBOX where they are absent), user and
 * password percent-encoded. `imap://` is for servers that offer STARTTLS (port 143); without it only on this machine.
 */
export function imapMailbox(url: string): Mailbox {
  const { options, folder } = settingsOf(url);
  return {
    async readNew(handle) {
      // Only who has such a mailbox pays for the library.
      const { ImapFlow } = await import('imapflow');
      const client = new ImapFlow(options);
      // Without a listener an error between two commands would end the process; the command under way rejects anyway.
      client.on('error', () => {});
      try {
        await client.connect();
        await client.mailboxOpen(folder);
        const unseen = await client.search({ seen: false }, { uid: true });
        for (const uid of (unseen || []).slice(0, mostAtOnce)) {
          const mail = await client.fetchOne(String(uid), { source: { maxLength: longest } }, { uid: true });
          const source = mail ? mail.source : undefined;
          if (!source) continue;
          const handled = await handle(source);
          if (handled === 'delete') await client.messageDelete(String(uid), { uid: true });
          else await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true });
        }
      } finally {
        if (client.usable) await client.logout().catch(() => undefined);
        client.close();
      }
    },
  };
}

function settingsOf(text: string): { options: ImapFlowOptions; folder: string } {
  const url = new URL(text);
  const secure = url.protocol === 'imaps:';
  const thisMachine = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  return {
    folder: decodeURIComponent(url.pathname.slice(1)) || 'INBOX',
    options: {
      host: url.hostname,
      port: url.port ? Number(url.port) : secure ? 993 : 143,
      secure,
      ...(!secure && !thisMachine && { doSTARTTLS: true }),
      auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
      // It would log addresses and the password's length.
      logger: false,
      ...timeouts,
    },
  };
}
