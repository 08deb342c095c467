import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from './free-port.ts';

const program = '/usr/bin/redis-server';

/** Why tests on Redis are skipped; undefined when they can run. */
export const redisMissing = existsSync(program)
  ? undefined
  : `needs ${program} (apt-get install redis-server)`;

export interface RedisServer {
  url: string;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again when it does not run, with what it had on disk or `empty`. */
  start(options?: { empty?: boolean }): Promise<void>;
  /** Holds it, as a network that swallows everything would, until `resume`. */
  suspend(): void;
  resume(): void;
  flush(): Promise<void>;
  /** Ends it and removes its files. */
  close(): Promise<void>;
}

interface Options {
  /** Keeps what it is told on disk, each command before it is answered. */
  durable?: boolean;
  /** More arguments of redis-server, such as `--requirepass`. */
  args?: string[];
}

/** A Redis server of our own on a free port of the loopback interface, with its files in a temporary directory. */
export async function startRedis({ durable = false, args = [] }: Options = {}): Promise<RedisServer> {
  const directory = mkdtempSync(join(tmpdir(), 'golden-ear-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const persistence = durable ? ['--appendonly', 'yes', '--appendfsync', 'always'] : ['--appendonly', 'no'];
  let child: ChildProcess | undefined;

  const runs = () => child !== undefined && child.exitCode === null && child.signalCode === null;

  async function start({ empty = false } = {}): Promise<void> {
    if (runs()) return;
    if (empty) rmSync(join(directory, 'appendonlydir'), { recursive: true, force: true });
    const place = ['--bind', '127.0.0.1', '--port', String(port), '--dir', directory, '--save', ''];
    child = spawn(program, [...place, ...persistence, ...args], { stdio: 'ignore' });
    while (!(await answers(url))) {
      if (!runs()) throw new Error('Redis did not start.');
      await new Promise((turn) => setTimeout(turn, 20));
    }
  }

  async function kill(): Promise<void> {
    if (!child || !runs()) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  await start();
  return {
    url,
    kill,
    start,
    suspend: () => child?.kill('SIGSTOP'),
    resume: () => child?.kill('SIGCONT'),
    flush: () => withClient(url, (client) => client.flushall().then(() => undefined)),
    async close() {
      await kill();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Whether a server listens there; a server that asks for a password counts. */
async function answers(url: string): Promise<boolean> {
  const client = new Redis(url, { lazyConnect: true, enableReadyCheck: false, retryStrategy: () => null });
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    client.disconnect();
  }
}

async function withClient<T>(url: string, use: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url);
  try {
    return await use(client);
  } finally {
    client.disconnect();
  }
}
