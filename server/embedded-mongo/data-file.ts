import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';

const magic = 0xbeefc0de;
/** Where LMDB's two meta pages keep what is looked at here, from the start of the page. */
const at = { magic: 0x18, pageSize: 0x30, lastPage: 0x90, transaction: 0x98 };

interface Meta {
  pageSize: number;
  lastPage: number;
  transaction: bigint;
}

function readMeta(file: number, offset: number): Meta | undefined {
  const page = Buffer.alloc(0xa0);
  if (readSync(file, page, 0, page.length, offset) < page.length) return undefined;
  if (page.readUInt32LE(at.magic) !== magic) return undefined;
  return {
    pageSize: page.readUInt32LE(at.pageSize),
    lastPage: Number(page.readBigUInt64LE(at.lastPage)),
    transaction: page.readBigUInt64LE(at.transaction),
  };
}

/** Reads every entry in a process of its own: reading a page that isn't there kills the process that does. */
function isReadable(path: string): boolean {
  const script = `
    const { open } = require(${JSON.stringify(createRequire(import.meta.url).resolve('lmdb'))});
    const binary = { keyEncoding: 'binary', encoding: 'binary' };
    const root = open({ path: ${JSON.stringify(path)}, readOnly: true, ...binary });
    for (const name of ['meta', 'data', 'idx']) for (const { value } of root.openDB(name, binary).getRange()) value.length;
    process.exit(0);`;
  return spawnSync(process.execPath, ['-e', script], { stdio: 'ignore' }).status === 0;
}

/**
 * Throws when the file is there and is no LMDB file or is cut. A file may be shorter than LMDB's last page number says
 * and be whole (a page at the end that was taken and given back at once is never written): then it is read through.
 */
export function checkDataFile(path: string): void {
  if (!existsSync(path)) return;
  const file = openSync(path, 'r');
  let whole: boolean;
  try {
    const { size } = fstatSync(file);
    // A process that died while making the file left an empty one.
    if (size === 0) return;
    const first = readMeta(file, 0);
    const second = first && readMeta(file, first.pageSize);
    if (first === undefined || second === undefined)
      throw new Error('store.mdb is no store, or its beginning is damaged');
    const newest = first.transaction > second.transaction ? first : second;
    whole = size >= (newest.lastPage + 1) * newest.pageSize;
  } finally {
    closeSync(file);
  }
  if (!whole && !isReadable(path)) throw new Error('store.mdb was cut: a part of it is missing');
}
