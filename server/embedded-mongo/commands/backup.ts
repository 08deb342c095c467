import { chmod, copyFile, mkdtemp, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { isReadable } from '../data-file.ts';
import { Engine } from '../engine.ts';
import { fail, StoreError } from '../errors.ts';
import * as args from './arguments.ts';
import { checkCollection } from './validate.ts';

/** Flushes a file or directory to disk. */
async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
}

/** Does something with files; what the system refuses becomes an error with a code for the client. */
async function withFiles<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof StoreError) throw error;
    const message = (error as Error).message;
    return fail(/ENOSPC|no space/i.test(message) ? 'OutOfDiskSpace' : 'OperationFailed', message);
  }
}

function checkPath(path: string): void {
  if (!isAbsolute(path)) fail('BadValue', `the path of a backup must be absolute: ${path}`);
}

async function checkIsNew(path: string): Promise<void> {
  const exists = await stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  );
  if (exists) fail('OperationFailed', `${path} is there already; a backup overwrites nothing`);
}

/** Writes a copy of the store as it is at one moment, while others go on writing. It appears whole or not at all. */
export const backup = args.command({ path: args.text }, ({ engine }, { path }) =>
  withFiles(async () => {
    checkPath(path);
    await checkIsNew(path);
    // Its mode is 0700: nobody else reads the copy while it has not got its own mode.
    const directory = await mkdtemp(`${path}.part-`);
    try {
      const copy = join(directory, 'store.mdb');
      await engine.env.root.backup(copy, true);
      await chmod(copy, 0o600);
      await sync(copy);
      await checkIsNew(path);
      await rename(copy, path);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
    await sync(dirname(path));
    return { bytes: (await stat(path)).size, ok: 1 };
  }),
);

/** Throws unless the file is a store whose every collection is sound. */
async function checkStore(path: string): Promise<void> {
  if (!(await isReadable(path)))
    fail('OperationFailed', 'the file is no backup of a store, or it is damaged');
  const candidate = new Engine(path);
  try {
    for (const { namespace } of candidate.catalog.list()) {
      const findings = await candidate.read(checkCollection(candidate, namespace));
      if (!findings?.valid) fail('OperationFailed', `${namespace} is damaged: ${findings?.errors[0]}`);
    }
  } finally {
    await candidate.close();
  }
}

/** Replaces everything in the store by a backup, which is checked first. Cursors end; other commands wait and go on. */
export const restore = args.command({ path: args.text }, ({ engine }, { path }) =>
  engine.restoring(() =>
    withFiles(async () => {
      checkPath(path);
      const copy = join(dirname(engine.path), 'restore.mdb');
      try {
        await copyFile(path, copy);
        await chmod(copy, 0o600);
        await checkStore(copy);
        await sync(copy);
        await engine.exchangeFile(copy);
        await sync(dirname(engine.path));
      } finally {
        for (const left of [copy, `${copy}-lock`]) await rm(left, { force: true });
      }
      return { ok: 1 };
    }),
  ),
);
