import { createServer, type Socket } from 'node:net';
import { runCommand } from './commands/index.ts';
import type { Engine } from './engine.ts';
import { answer, Frames, type Message } from './wire.ts';

/** A listening socket and its connections. */
export interface SocketServer {
  /** Begins to answer; connections made before are kept waiting. */
  serve(engine: Engine): void;
  close(): Promise<void>;
}

/** Answers one connection's requests, each after the one before. Whatever breaks the protocol closes the connection. */
function serveConnection(socket: Socket, engine: Engine, connectionId: number): void {
  const frames = new Frames();
  let last = Promise.resolve();

  async function respond(message: Message): Promise<void> {
    const body = await runCommand(engine, message, connectionId);
    if (message.wantsReply && !socket.destroyed) socket.write(answer(message, body));
  }

  socket.on('data', (piece) => {
    try {
      for (const message of frames.take(piece)) last = last.then(() => respond(message));
    } catch {
      socket.destroy();
    }
  });
}

/** Listens on the path. Throws (EADDRINUSE, EACCES, EINVAL …) when it can't. */
export async function listen(path: string): Promise<SocketServer> {
  const connections = new Set<Socket>();
  let nextId = 1;
  let start: (engine: Engine) => void = () => undefined;
  const engine = new Promise<Engine>((resolve) => {
    start = resolve;
  });
  const server = createServer((socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
    socket.on('error', () => socket.destroy());
    const id = nextId++;
    engine.then((open) => serveConnection(socket, open, id));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ path, backlog: 511 }, resolve);
  });
  return {
    serve: start,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of connections) socket.destroy();
      await closed;
    },
  };
}
