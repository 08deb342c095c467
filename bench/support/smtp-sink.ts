import { fork } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';

/** The plainest SMTP server there is: it takes every mail at once and keeps none. Runs in a process of its own. */
export async function startSmtpSink(): Promise<{ url: string; close(): Promise<unknown> }> {
  const child = fork(fileURLToPath(import.meta.url));
  const [port] = await once(child, 'message');
  return {
    url: `smtp://127.0.0.1:${port}`,
    close: async () => {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

function serve(socket: Socket): void {
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
        socket.write('250 OK\r\n');
      }
    }
  });
}

if (process.send) {
  const server = createServer(serve);
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    process.send?.(port);
  });
  process.once('disconnect', () => process.exit());
}
