import type { Socket } from 'node:net';
import { startRawServer } from './smtp.ts';

/** A mail that the server took responsibility for: it wrote 250, whether anybody read it or not. */
export interface Taken {
  to: string;
  /** The local part of the Message-ID. */
  messageId: string;
}

/** Where in the conversation the server is: a connection, a recipient, the end of the data, and after its 250. */
export type Stage = 'greeting' | 'recipient' | 'data' | 'taken';

/** What it does there: a reply line, nothing for ever, or the end of the connection. Undefined: as a good server would. */
export type Conduct = { reply: string } | 'silence' | 'close' | undefined;

/** A mail server that behaves, for each recipient and stage, as it is told. */
export async function startRoughMailServer(
  conduct: (stage: Stage, to: string) => Conduct | Promise<Conduct>,
) {
  const taken: Taken[] = [];
  const server = await startRawServer((socket) => void converse(socket).catch(() => socket.destroy()));

  async function converse(socket: Socket): Promise<void> {
    if (!(await answer(socket, 'greeting', '', '220 ready'))) return;
    let to = '';
    let data: string[] | undefined;
    for await (const line of linesOf(socket)) {
      if (data && line !== '.') data.push(line);
      else if (data) {
        if (!(await answer(socket, 'data', to, '250 taken', () => taken.push(mailOf(to, data ?? [])))))
          return;
        data = undefined;
        await conduct('taken', to);
      } else if (/^RCPT TO:/i.test(line)) {
        to = /<([^>]*)>/.exec(line)?.[1] ?? '';
        if (!(await answer(socket, 'recipient', to, '250 OK'))) return;
      } else if (/^DATA$/i.test(line)) {
        data = [];
        socket.write('354 go on\r\n');
      } else socket.write('250 OK\r\n');
    }
  }

  /** @returns false when the conversation is over */
  async function answer(socket: Socket, stage: Stage, to: string, good: string, act = () => {}) {
    const conducted = await conduct(stage, to);
    if (conducted === 'silence') return false;
    if (conducted === 'close') socket.destroy();
    if (conducted === undefined) act();
    const reply = conducted === undefined ? good : conducted === 'close' ? undefined : conducted.reply;
    return reply !== undefined && socket.write(`${reply}\r\n`);
  }

  return { url: server.url, taken, close: server.close };
}

async function* linesOf(socket: Socket): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of socket) {
    const lines = (rest + String(chunk)).split('\r\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

function mailOf(to: string, data: string[]): Taken {
  const messageId = /^Message-ID: <([0-9a-f]+)@/i.exec(data.find((line) => /^Message-ID:/i.test(line)) ?? '');
  return { to, messageId: messageId?.[1] ?? '' };
}
