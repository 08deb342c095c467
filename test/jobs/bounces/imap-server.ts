import { once } from 'node:events';
import { createRequire } from 'node:module';
import type { AddressInfo, Server, Socket } from 'node:net';

/** As much of hoodiecrow as is used here: an IMAP server in this process, with mails in memory. */
interface Hoodiecrow {
  server: Server;
  getMailbox(name: string): { messages: { raw: string; flags: string[] }[] };
  appendMessage(mailbox: string, flags: string[], date: undefined, raw: string): void;
  listen(port: number, host: string): void;
  close(done: () => void): void;
}

const hoodiecrow = createRequire(import.meta.url)('hoodiecrow-imap') as (options: object) => Hoodiecrow;

/** A real IMAP server on a free port, with one mailbox. */
export async function startImapServer() {
  const imap = hoodiecrow({
    plugins: ['ID', 'UIDPLUS'],
    users: { 'post@luister.example': { password: 'ge:heim/' } },
    storage: { INBOX: {} },
  });
  const sockets = new Set<Socket>();
  imap.server.on('connection', (socket) => sockets.add(socket));
  imap.server.listen(0, '127.0.0.1');
  await once(imap.server, 'listening');
  const { port } = imap.server.address() as AddressInfo;
  return {
    url: `imap://post%40luister.example:ge%3Aheim%2F@127.0.0.1:${port}/INBOX`,
    deliver: (raw: string) => imap.appendMessage('INBOX', [], undefined, raw),
    /** The subjects of what is there, and whether it was seen. */
    mails: () =>
      imap.getMailbox('INBOX').messages.map(({ raw, flags }) => ({
        subject: /^Subject: (.*)$/m.exec(raw)?.[1]?.trim() ?? '',
        seen: flags.includes('\\Seen'),
      })),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => imap.server.close(done));
    },
  };
}
