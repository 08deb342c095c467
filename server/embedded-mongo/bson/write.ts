import { serialize } from 'bson';
import type { Document, Value } from './values.ts';

export const emptyDocument = Buffer.from([5, 0, 0, 0, 0]);

/** The document as BSON bytes. */
export function writeDocument(document: Document | Record<string, unknown>): Buffer {
  const bytes = serialize(document);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** One element (type, name, value) without the document around it. */
export function writeElement(name: string, value: Value): Buffer {
  return writeDocument(Object.fromEntries([[name, value]])).subarray(4, -1);
}

/** A document made of elements that are bytes already. */
export function joinElements(elements: readonly Buffer[]): Buffer {
  let length = 5;
  for (const element of elements) length += element.length;
  const bytes = Buffer.allocUnsafe(length);
  bytes.writeInt32LE(length, 0);
  let at = 4;
  for (const element of elements) {
    bytes.set(element, at);
    at += element.length;
  }
  bytes[at] = 0;
  return bytes;
}

/** An element that holds a document (0x03) or an array (0x04) whose bytes are given. */
export function embed(type: 0x03 | 0x04, name: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([type]), Buffer.from(`${name}\0`, 'utf8'), body]);
}

/** A BSON array of documents that are bytes already. */
export function joinArray(documents: readonly Buffer[]): Buffer {
  let length = 5;
  for (let i = 0; i < documents.length; i += 1) {
    length += 2 + String(i).length + (documents[i] as Buffer).length;
  }
  const bytes = Buffer.allocUnsafe(length);
  bytes.writeInt32LE(length, 0);
  let at = 4;
  for (let i = 0; i < documents.length; i += 1) {
    const document = documents[i] as Buffer;
    bytes[at] = 0x03;
    at += 1 + bytes.write(`${i}\0`, at + 1, 'latin1');
    bytes.set(document, at);
    at += document.length;
  }
  bytes[at] = 0;
  return bytes;
}
