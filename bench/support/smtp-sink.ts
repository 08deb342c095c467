import { fork } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** What came since the last look. `seconds`: between the first mail and the last. */
export interface Arrivals {
  mails: number;
  seconds: number;
}

export interface SmtpSink {
  url: string;
  /** What came since it was last forgotten. */
  arrivals(): Promise<Arrivals>;
  forget(): void;
  close(): Promise<unknown>;
}

/**
 * The plainest SMTP server there is: it takes every mail, `delayMs` after the end of it, and keeps none. Runs in a process
 * of its own.
 */
export async function startSmtpSink({ delayMs = 0 } = {}): Promise<SmtpSink> {
  const child = fork(fileURLToPath(import.meta.url), [String(delayMs)]);
  const [port] = await once(child, 'message');
  return {
    url: `smtp://127.0.0.1:${port}`,
    async arrivals() {
      child.send('tell');
      const [told] = await once(child, 'message');
      return told as Arrivals;
    },
    forget: () => void child.send('forget'),
    close: async () => {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

let mails = 0;
let first = 0;
let last = 0;

function serve(socket: Socket, delayMs: number): void {
  let inData = false;
  let rest = '';
  socket.setNoDelay(true);
  socket.on('error', () => {});
  socket.write('220 sink\r\n');
  socket.on('data', (chunk) => {
    const lines = (rest + chunk.toString('latin1')).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!inData) {
        inData = line === 'DATA';
        socket.write(inData ? '354 go on\r\n' : '250 OK\r\n');
      } else if (line === '.') {
        inData = false;
        void take(socket, delayMs);
      }
    }
  });
}

async function take(socket: Socket, delayMs: number): Promise<void> {
  if (delayMs > 0) await pause(delayMs);
  last = performance.now();
  if (mails === 0) first = last;
  mails += 1;
  socket.write('250 OK\r\n');
}

if (process.send) {
  const delayMs = Number(process.argv[2]);
  const server = createServer((socket) => serve(socket, delayMs));
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    process.send?.(port);
  });
  process.on('message', (asked) => {
    if (asked === 'tell') process.send?.({ mails, seconds: (last - first) / 1_000 } satisfies Arrivals);
    else mails = 0;
  });
  process.once('disconnect', () => process.exit());
}
