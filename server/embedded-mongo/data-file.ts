import { execFile } from 'node:child_process';
import { open } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';

const magic = 0xbeefc0de;
/** Where LMDB's two meta pages keep what is looked at here, from the start of the page. */
const at = { magic: 0x18, pageSize: 0x30, lastPage: 0x90, transaction: 0x98 };

/** Reads every entry in a process of its own: reading a page that isn't there kills the process that does. */
export async function isReadable(path: string): Promise<boolean> {
  const script = `
    const { open } = require(${JSON.stringify(createRequire(import.meta.url).resolve('lmdb'))});
    const binary = { keyEncoding: 'binary', encoding: 'binary' };
    const root = open({ path: ${JSON.stringify(path)}, readOnly: true, ...binary });
    const [meta] = ['meta', 'data', 'idx'].map((name) => {
      const entries = root.openDB(name, binary);
      for (const { value } of entries.getRange()) value.length;
      return entries;
    });
    process.exit(meta.get(Buffer.from('format')) ? 0 : 1);`;
  const run = promisify(execFile)(process.execPath, ['-e', script]);
  return run.then(
    () => true,
    () => false,
  );
}

/**
 * Throws when the file is there and is no LMDB file or is cut. A file may be shorter than LMDB's last page number says
 * and be whole (a page at the end that was taken and given back at once is never written): then it is read through.
 */
export async function checkDataFile(path: string): Promise<void> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (file === undefined) return;
  try {
    const { size } = await file.stat();
    // A process that died while making the file left an empty one.
    if (size === 0) return;
    const metaAt = async (offset: number) => {
      const page = Buffer.alloc(0xa0);
      await file.read(page, 0, page.length, offset);
      if (page.readUInt32LE(at.magic) !== magic)
        throw new Error('store.mdb is no store, or its beginning is damaged');
      const lastPage = Number(page.readBigUInt64LE(at.lastPage));
      return {
        pageSize: page.readUInt32LE(at.pageSize),
        lastPage,
        transaction: page.readBigUInt64LE(at.transaction),
      };
    };
    const first = await metaAt(0);
    const second = await metaAt(first.pageSize);
    const newest = first.transaction > second.transaction ? first : second;
    const isWhole = size >= (newest.lastPage + 1) * newest.pageSize;
    if (!isWhole && !(await isReadable(path))) throw new Error('store.mdb was cut: a part of it is missing');
  } finally {
    await file.close();
  }
}
