import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { listen, type SocketServer } from './socket-server.ts';

/**
 * Who owns a data directory: the process that listens on the socket named in the `owner.<n>` file with the highest n.
 *
 * Whether it lives is asked of the kernel: connecting to a socket fails as soon as the process that listened is gone,
 * however it ended. A new owner first listens on a socket of its own, then creates `owner.<n+1>` exclusively: of two
 * starters one gets the file. The newest file is never removed, so n only grows, and a slow starter that creates an
 * older number finds the newer one and steps back.
 */
export type Ownership =
  | { owned: true; socketPath: string; server: SocketServer; release(): Promise<void> }
  | { owned: false; socketPath: string; release(): Promise<void> };

/** The longest path of a unix socket that every system takes; longer ones are cut without a word. */
const longestSocketPath = 100;
const claimFile = /^owner\.(\d{1,15})$/;
const socketFile = /^s[0-9a-f]{8}\.sock$/;

/** A short path to the directory: itself, or a link in a private directory when it is too long for a socket. */
async function shortPath(directory: string): Promise<{ path: string; remove(): Promise<void> }> {
  if (Buffer.byteLength(directory) + 16 <= longestSocketPath)
    return { path: directory, remove: async () => undefined };
  // mkdtemp makes it with mode 0700.
  const base = await mkdtemp(join(Buffer.byteLength(tmpdir()) < 60 ? tmpdir() : '/tmp', 'ge-'));
  const path = join(base, 'd');
  await symlink(directory, path);
  return { path, remove: () => rm(base, { recursive: true, force: true }) };
}

async function newestClaim(directory: string): Promise<{ number: number; socket: string } | undefined> {
  const numbers = (await readdir(directory)).map((name) => Number(claimFile.exec(name)?.[1] ?? Number.NaN));
  const number = Math.max(-1, ...numbers.filter((each) => !Number.isNaN(each)));
  if (number < 0) return undefined;
  return { number, socket: (await readFile(join(directory, `owner.${number}`), 'utf8')).trim() };
}

/** Whether a process listens there. A full backlog (EAGAIN) is a living process too. */
function isAlive(path: string): Promise<boolean> {
  return new Promise((answer) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      answer(true);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      answer(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT');
    });
  });
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Creates the claim with its content in one step; false when another process has this number. */
async function claim(directory: string, number: number, socket: string): Promise<boolean> {
  try {
    await writeFile(join(directory, `owner.${number}`), `${socket}\n`, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Removes what earlier owners left: their claims and the sockets nobody listens on any more. */
async function tidy(directory: string, number: number): Promise<void> {
  for (const name of await readdir(directory)) {
    const claimed = claimFile.exec(name)?.[1];
    if (claimed === undefined || Number(claimed) >= number) continue;
    const socket = (await readFile(join(directory, name), 'utf8').catch(() => '')).trim();
    if (socketFile.test(socket)) await rm(join(directory, socket), { force: true });
    await rm(join(directory, name), { force: true });
  }
}

/** Becomes the owner of the directory, or finds the socket of the one it has. The directory is made (mode 0700). */
export async function takeOwnership(directory: string): Promise<Ownership> {
  const absolute = resolve(directory);
  await mkdir(absolute, { recursive: true, mode: 0o700 });
  await chmod(absolute, 0o700);
  const short = await shortPath(absolute);
  try {
    return await negotiate(short.path, short.remove);
  } catch (error) {
    await short.remove();
    throw error;
  }
}

async function negotiate(directory: string, removeLink: () => Promise<void>): Promise<Ownership> {
  for (;;) {
    const current = await newestClaim(directory);
    // An empty claim is being written at this moment, or its writer died between creating and writing it.
    if (current?.socket === '') {
      await pause(50);
      const again = await newestClaim(directory);
      if (again?.socket !== '' || again.number !== current.number) continue;
    }
    if (current !== undefined && current.socket !== '' && socketFile.test(current.socket)) {
      const socketPath = join(directory, current.socket);
      if (await isAlive(socketPath)) return { owned: false, socketPath, release: removeLink };
    }
    const socket = `s${randomBytes(4).toString('hex')}.sock`;
    const socketPath = join(directory, socket);
    const server = await listen(socketPath);
    const number = (current?.number ?? 0) + 1;
    const won = (await claim(directory, number, socket)) && (await newestClaim(directory))?.number === number;
    if (!won) {
      await server.close();
      continue;
    }
    await tidy(directory, number);
    const release = async (): Promise<void> => {
      await server.close();
      await removeLink();
    };
    return { owned: true, socketPath, server, release };
  }
}
