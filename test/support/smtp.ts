import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface ReceivedMail {
  to: string[];
  raw: string;
  mail: Email;
}

/** An SMTP server that takes every mail, or answers as the given handlers say. */
export async function startMailServer(handlers: Partial<SMTPServerOptions> = {}) {
  const received: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    closeTimeout: 100,
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        const raw = Buffer.concat(chunks);
        received.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          raw: raw.toString(),
          mail: await PostalMime.parse(raw),
        });
        callback();
      });
    },
    ...handlers,
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    close: () => new Promise<void>((done) => server.close(done)),
  };
}

/** A reply of an SMTP server, as smtp-server wants it thrown. */
export function reply(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}

/** A server that speaks SMTP as badly as `talk` does: called with each connection. */
export async function startRawServer(talk: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    talk(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Replies line by line: the answer of `answers` to the first word of each line; to the end of the data, that to `.`. */
export function converse(
  answers: Record<string, string | ((socket: Socket) => void)>,
): (socket: Socket) => void {
  return (socket) => {
    let inData = false;
    let rest = '';
    const say = (word: string) => {
      const answer = answers[word] ?? '250 OK';
      if (typeof answer === 'string') socket.write(`${answer}\r\n`);
      else answer(socket);
    };
    say('CONNECT');
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString('latin1')).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (inData && line !== '.') continue;
        const word = inData ? '.' : (line.split(' ')[0] ?? '').toUpperCase();
        inData = word === 'DATA';
        say(word);
      }
    });
  };
}
