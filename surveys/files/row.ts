/** Why a row of a file could not be read at all. */
export type UnreadableReason = 'brokenUtf8' | 'raggedRow' | 'brokenQuotes' | 'invalidJson';

/** One row as the file gives it; `line` counts from 1. */
export interface Row<T> {
  line: number;
  /** The row's fields as text, readable or not, for the file of rejected rows. */
  fields: string[];
  content: { ok: true; value: T } | { ok: false; reason: UnreadableReason };
}

const strict = new TextDecoder('utf-8', { fatal: true });
const lenient = new TextDecoder('utf-8');

/** Bytes as text, or undefined where they are no UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Bytes as text with a replacement character for what is no UTF-8: to show, not to store. */
export function decodeLeniently(bytes: Uint8Array): string {
  return lenient.decode(bytes);
}
