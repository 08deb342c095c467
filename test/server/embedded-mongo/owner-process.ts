import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { MongoClient } from 'mongodb';

const script = new URL('./owner.ts', import.meta.url).pathname;

export interface OwnerProcess {
  pid: number;
  client: MongoClient;
  /** Ends it in order, and resolves when the directory is free. */
  stop(): Promise<void>;
}

/** Starts a process that owns the store of the directory, under another program when one is named, and connects to it. */
export async function startOwner(directory: string, under: readonly string[] = []): Promise<OwnerProcess> {
  const [program = '', ...args] = [...under, process.execPath, '--import=tsx', script, directory];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  // LMDB itself writes of commits that fail.
  let complaints = '';
  child.stderr.on('data', (piece) => {
    complaints += piece;
  });
  const line = await Promise.race([once(child.stdout, 'data'), ended.then(() => [''])]);
  const [pid, uri] = String(line[0]).trim().split(' ');
  if (uri === undefined) throw new Error(`${program} could not start the store:\n${complaints}`);
  const client = new MongoClient(uri, {
    writeConcern: { w: 'majority', journal: true },
    maxPoolSize: 50,
    monitorCommands: true,
  });
  return {
    pid: Number(pid),
    client,
    async stop() {
      await client.close();
      const over = child.exitCode ?? child.signalCode;
      if (over !== null) throw new Error(`The owner had ended (${over}):\n${complaints}`);
      process.kill(Number(pid), 'SIGTERM');
      await ended;
    },
  };
}
