import { open } from 'node:fs/promises';
import { problem } from '../problems.ts';

export type Delimiter = ',' | ';' | '\t' | '|';

const headBytes = 64 * 1024;

/**
 * The start of a file without its byte-order mark, one character per byte, and the offset at which it begins.
 * @throws Problem `badRequest` when the file is UTF-16, as some spreadsheets write it
 */
export async function readHead(file: string): Promise<{ start: number; head: string }> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    const bytes = buffer.subarray(0, bytesRead);
    if (['fffe', 'feff'].includes(bytes.toString('hex', 0, 2))) {
      throw problem('badRequest', { detail: 'The file is UTF-16; save it as CSV UTF-8.' });
    }
    const start = bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? 3 : 0;
    return { start, head: bytes.subarray(start).toString('latin1') };
  } finally {
    await handle.close();
  }
}

const delimiters: Delimiter[] = [',', ';', '\t', '|'];

/** The delimiter that the header row holds most of, outside quotes. */
export function delimiterOf(head: string): Delimiter {
  const header = /^\s*([^\r\n]*)/.exec(head)?.[1]?.replace(/"[^"]*"/g, '') ?? '';
  const count = (delimiter: Delimiter) => header.split(delimiter).length;
  return delimiters.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}
