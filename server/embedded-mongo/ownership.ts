import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readlink, rm, symlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { listen, type SocketServer } from './socket-server.ts';

/**
 * Who owns a data directory: the process that listens on the socket that the link `owner.<n>` with the highest n names.
 *
 * Whether it lives is asked of the kernel: connecting to a socket fails as soon as the process that listened is gone,
 * however it ended. A new owner first listens on a socket of its own, then makes the link `owner.<n+1>`, in one step
 * and only if it isn't there: of two starters one gets it. The newest link is never removed, so n only grows, and a
 * slow starter that makes an older one finds the newer one and steps back.
 */
export interface Ownership {
  socketPath: string;
  /** The listening socket, when this process is the owner. */
  server?: SocketServer;
  release(): Promise<void>;
}

/** The longest path of a unix socket that every system takes; longer ones are cut without a word. */
const longestSocketPath = 100;
const claimName = /^owner\.(\d{1,15})$/;

interface Claim {
  number: number;
  socket: string;
}

/** A short path to the directory: itself, or a link in a private directory when it is too long for a socket. */
async function shortPath(directory: string): Promise<{ path: string; remove(): Promise<void> }> {
  if (Buffer.byteLength(directory) + 16 <= longestSocketPath)
    return { path: directory, remove: async () => {} };
  // mkdtemp makes it with mode 0700.
  const base = await mkdtemp(join(Buffer.byteLength(tmpdir()) < 60 ? tmpdir() : '/tmp', 'ge-'));
  const path = join(base, 'd');
  await symlink(directory, path);
  return { path, remove: () => rm(base, { recursive: true, force: true }) };
}

/** All claims, the newest first. */
async function claimsOn(directory: string): Promise<Claim[]> {
  const numbers = (await readdir(directory)).flatMap((name) => claimName.exec(name)?.[1] ?? []).map(Number);
  const read = async (number: number): Promise<Claim> => {
    // Another starter may be tidying up.
    const socket = await readlink(join(directory, `owner.${number}`)).catch(() => '');
    return { number, socket: /^s[0-9a-f]{8}\.sock$/.test(socket) ? socket : '' };
  };
  return Promise.all(numbers.sort((a, b) => b - a).map(read));
}

/** Whether a process listens there. A full backlog (EAGAIN) is a living process too. */
function isAlive(path: string): Promise<boolean> {
  return new Promise((answer) => {
    const socket = connect(path, () => {
      socket.destroy();
      answer(true);
    });
    socket.on('error', ({ code = '' }: NodeJS.ErrnoException) =>
      answer(!['ECONNREFUSED', 'ENOENT', 'ENOTSOCK'].includes(code)),
    );
  });
}

/** Makes the claim; false when another process has this number or a newer one. */
async function claim(directory: string, { number, socket }: Claim): Promise<boolean> {
  try {
    await symlink(socket, join(directory, `owner.${number}`));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  return (await claimsOn(directory))[0]?.number === number;
}

/** Removes earlier claims and the sockets nobody listens on any more. */
async function tidy(directory: string, earlier: Claim[]): Promise<void> {
  for (const { number, socket } of earlier) {
    if (socket !== '') await rm(join(directory, socket), { force: true });
    await rm(join(directory, `owner.${number}`), { force: true });
  }
}

/** Becomes the owner of the directory, or finds the socket of the one it has. The directory is made (mode 0700). */
export async function takeOwnership(directory: string): Promise<Ownership> {
  const absolute = resolve(directory);
  await mkdir(absolute, { recursive: true, mode: 0o700 });
  await chmod(absolute, 0o700);
  const { path, remove } = await shortPath(absolute);
  try {
    for (;;) {
      const ownership = await negotiate(path);
      if (ownership === undefined) continue;
      const release = () => ownership.release().finally(remove);
      return { ...ownership, release };
    }
  } catch (error) {
    await remove();
    throw error;
  }
}

/** One try; undefined when another process was faster. */
async function negotiate(directory: string): Promise<Ownership | undefined> {
  const claims = await claimsOn(directory);
  const [current] = claims;
  if (current && current.socket !== '' && (await isAlive(join(directory, current.socket))))
    return { socketPath: join(directory, current.socket), release: async () => {} };
  const socket = `s${randomBytes(4).toString('hex')}.sock`;
  const socketPath = join(directory, socket);
  const server = await listen(socketPath);
  let isOwner = false;
  try {
    isOwner = await claim(directory, { number: (current?.number ?? 0) + 1, socket });
    if (isOwner) await tidy(directory, claims);
  } finally {
    if (!isOwner) await server.close();
  }
  return isOwner ? { socketPath, server, release: () => server.close() } : undefined;
}
