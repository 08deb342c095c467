import { StoreError } from '../errors.ts';
import { documentEnd, malformed, maximumDepth, nameEnd, skipValue } from './read.ts';

/** MongoDB's limit on one document, in bytes. */
export const maximumDocumentBytes = 16 * 1024 * 1024;

/**
 * Throws unless the bytes are a document that may be stored: well formed, at most 16 MB and 100 levels, no field name
 * that is empty at the top, starts with `$` or holds a dot, no type this store refuses.
 */
export function checkStorable(bytes: Buffer): void {
  if (bytes.length > maximumDocumentBytes) {
    throw new StoreError(
      'BSONObjectTooLarge',
      `object to store is too large. size in bytes: ${bytes.length}, max size: ${maximumDocumentBytes}`,
    );
  }
  if (documentEnd(bytes, 0, bytes.length) !== bytes.length) throw malformed('bytes after the document');
  checkLevel(bytes, 0, bytes.length, 0, false);
}

function checkLevel(bytes: Buffer, from: number, until: number, depth: number, isArray: boolean): void {
  if (depth >= maximumDepth) {
    throw new StoreError('Overflow', `BSONObj exceeds maximum nested object depth: ${maximumDepth}`);
  }
  let at = from + 4;
  while (at < until - 1) {
    const type = bytes[at] as number;
    const nameStop = nameEnd(bytes, at + 1);
    if (!isArray) checkName(bytes, at + 1, nameStop);
    const next = skipValue(bytes, type, nameStop + 1, until - 1);
    if (type === 0x03 || type === 0x04) checkLevel(bytes, nameStop + 1, next, depth + 1, type === 0x04);
    if (
      depth === 0 &&
      (type === 0x04 || type === 0x0b) &&
      bytes.toString('latin1', at + 1, nameStop) === '_id'
    ) {
      const what = type === 0x04 ? 'array' : 'regex';
      throw new StoreError('InvalidIdField', `The '_id' value cannot be of type ${what}`);
    }
    at = next;
  }
}

function checkName(bytes: Buffer, from: number, until: number): void {
  if (bytes[from] === 0x24) {
    const name = bytes.toString('utf8', from, until);
    throw new StoreError(
      'DollarPrefixedFieldName',
      `The dollar ($) prefixed field '${name}' in '${name}' is not valid for storage.`,
    );
  }
  for (let at = from; at < until; at += 1) {
    if (bytes[at] === 0x2e) {
      const name = bytes.toString('utf8', from, until);
      throw new StoreError(
        'DottedFieldName',
        `The dotted field '${name}' in '${name}' is not valid for storage.`,
      );
    }
  }
}
