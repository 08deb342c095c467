import { createReadStream } from 'node:fs';
import { decodeLeniently, decodeUtf8, type Row } from './row.ts';

/** A longer line is no row of ours; it is dropped without being kept in memory. */
const longestLine = 1024 * 1024;

/**
 * Reads a file of one JSON value per line (also with a byte-order mark) in constant memory. Empty lines are passed
 * over; a line that is no UTF-8 or no JSON comes out as unreadable.
 */
export async function* readNdjson(
  file: string,
  { onBytes }: { onBytes?: ((bytes: number) => void) | undefined } = {},
): AsyncGenerator<Row<unknown>> {
  let line = 0;
  for await (const bytes of linesOf(createReadStream(file), onBytes)) {
    line++;
    const text = bytes && decodeUtf8(bytes);
    if (text?.trim() === '') continue;
    const fields = [bytes ? decodeLeniently(bytes) : ''];
    yield { line, fields, content: contentOf(bytes, text) };
  }
}

function contentOf(bytes: Buffer | undefined, text: string | undefined): Row<unknown>['content'] {
  if (bytes === undefined) return { ok: false, reason: 'invalidJson' };
  if (text === undefined) return { ok: false, reason: 'brokenUtf8' };
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false, reason: 'invalidJson' };
  }
}

/** The lines of a stream as bytes, without their ends; undefined for one that is too long. */
async function* linesOf(
  input: AsyncIterable<Buffer>,
  onBytes: ((bytes: number) => void) | undefined,
): AsyncGenerator<Buffer | undefined> {
  let pieces: Buffer[] = [];
  let length = 0;
  const take = () => {
    const line = length > longestLine ? undefined : Buffer.concat(pieces);
    pieces = [];
    length = 0;
    return line;
  };
  for await (const chunk of input) {
    onBytes?.(chunk.length);
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      pieces.push(chunk.subarray(start, end));
      length += end - start;
      yield take();
      start = end + 1;
    }
    length += chunk.length - start;
    if (length <= longestLine) pieces.push(chunk.subarray(start));
    else pieces = [];
  }
  if (length > 0) yield take();
}
