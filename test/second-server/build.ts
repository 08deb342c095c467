import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const source = new URL('.', import.meta.url).pathname;
const built = new URL('../../node_modules/.cache/golden-ear/', import.meta.url).pathname;

export interface SecondServer {
  uri: string;
  stop(): Promise<void>;
}

/**
 * Builds FerretDB, pinned by `go.sum`, with the Go of this machine.
 * @returns the program, or in one line why there is none
 */
export function buildSecondServer(): { program: string } | { reason: string } {
  const go = ['go', '/usr/local/go/bin/go'].find((one) => spawnSync(one, ['version']).status === 0);
  if (!go) return { reason: 'there is no Go to build FerretDB with, and MONGODB_TEST_URI is not set' };
  mkdirSync(built, { recursive: true });
  const program = join(built, 'second-server');
  const { status, stderr } = spawnSync(go, ['build', '-o', program, '.'], {
    cwd: source,
    encoding: 'utf8',
    env: { ...process.env, GOFLAGS: '-mod=readonly -buildvcs=false', CGO_ENABLED: '0' },
  });
  if (status === 0 && existsSync(program)) return { program };
  return { reason: `FerretDB can't be built: ${stderr.trim().split('\n').at(-1)}` };
}

/** Starts it on a free loopback port, with a directory that goes when it stops. */
export async function startSecondServer(program: string): Promise<SecondServer> {
  const directory = mkdtempSync(join(tmpdir(), 'golden-ear-second-server-'));
  const child = spawn(program, [directory], { stdio: ['pipe', 'pipe', 'inherit'] });
  const uri = await firstLine(child);
  return {
    uri,
    stop: async () => {
      const ended = once(child, 'exit');
      child.stdin!.end();
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  for await (const line of createInterface(child.stdout!)) return line;
  throw new Error('FerretDB ended before it said where it is');
}
