import { maximumDocumentBytes } from './bson/check.ts';
import { documentEnd, nameEnd } from './bson/read.ts';

/** MongoDB's limit on one message, in bytes. */
export const maximumMessageBytes = 48_000_000;
const headerBytes = 16;

const opReply = 1;
const opQuery = 2004;
const opMsg = 2013;

const checksumPresent = 1;
const moreToCome = 2;
/** The lower 16 flag bits must be understood; of them only these are. */
const understoodFlags = checksumPresent | moreToCome;

/** A message that breaks the protocol: its connection is closed. */
export class ProtocolError extends Error {}

/** A request: the command as BSON, and document sequences that came beside it, still bytes. */
export interface Message {
  requestId: number;
  body: Buffer;
  sequences: ReadonlyMap<string, Buffer[]>;
  wantsReply: boolean;
  isLegacyQuery: boolean;
}

/** Cuts a stream of bytes into messages. */
export class Frames {
  #parts: Buffer[] = [];
  #length = 0;

  /** Takes a piece of the stream in; returns the messages it completes. Throws a ProtocolError. */
  take(piece: Buffer): Message[] {
    this.#parts.push(piece);
    this.#length += piece.length;
    const messages: Message[] = [];
    for (;;) {
      const size = this.#size();
      if (size === undefined || this.#length < size) return messages;
      const bytes = this.#joined();
      messages.push(parse(bytes.subarray(0, size)));
      this.#parts = bytes.length > size ? [bytes.subarray(size)] : [];
      this.#length -= size;
    }
  }

  #joined(): Buffer {
    if (this.#parts.length > 1) this.#parts = [Buffer.concat(this.#parts, this.#length)];
    return this.#parts[0] as Buffer;
  }

  #size(): number | undefined {
    if (this.#length < 4) return undefined;
    const first = this.#parts[0] as Buffer;
    const size = (first.length >= 4 ? first : this.#joined()).readInt32LE(0);
    if (size < headerBytes + 5 || size > maximumMessageBytes)
      throw new ProtocolError(`a message of ${size} bytes`);
    return size;
  }
}

function parse(bytes: Buffer): Message {
  try {
    const operation = bytes.readInt32LE(12);
    const requestId = bytes.readInt32LE(4);
    if (operation === opMsg) return parseMessage(bytes, requestId);
    if (operation === opQuery) return parseQuery(bytes, requestId);
    throw new ProtocolError(`unknown operation ${operation}`);
  } catch (error) {
    if (error instanceof ProtocolError) throw error;
    throw new ProtocolError('a message that is cut', { cause: error });
  }
}

function parseMessage(bytes: Buffer, requestId: number): Message {
  const flags = bytes.readUInt32LE(headerBytes);
  if ((flags & 0xffff & ~understoodFlags) !== 0) throw new ProtocolError('unknown required flags');
  const end = bytes.length - ((flags & checksumPresent) !== 0 ? 4 : 0);
  let at = headerBytes + 4;
  let body: Buffer | undefined;
  const sequences = new Map<string, Buffer[]>();
  while (at < end) {
    const kind = bytes[at];
    at += 1;
    if (kind === 0) {
      if (body !== undefined) throw new ProtocolError('two bodies');
      const until = documentEnd(bytes, at, end);
      body = bytes.subarray(at, until);
      at = until;
    } else if (kind === 1) {
      const until = at + bytes.readInt32LE(at);
      if (until > end || until < at + 5) throw new ProtocolError('a section with a wrong length');
      const stop = nameEnd(bytes, at + 4);
      sequences.set(bytes.toString('utf8', at + 4, stop), documentsIn(bytes, stop + 1, until));
      at = until;
    } else throw new ProtocolError('unknown kind of section');
  }
  if (body === undefined) throw new ProtocolError('no body');
  return { requestId, body, sequences, wantsReply: (flags & moreToCome) === 0, isLegacyQuery: false };
}

function documentsIn(bytes: Buffer, from: number, until: number): Buffer[] {
  const documents: Buffer[] = [];
  let at = from;
  while (at < until) {
    const next = documentEnd(bytes, at, until);
    documents.push(bytes.subarray(at, next));
    at = next;
  }
  return documents;
}

/** OP_QUERY is used for the first hello alone: flags, `admin.$cmd`, skip, limit, document. */
function parseQuery(bytes: Buffer, requestId: number): Message {
  const stop = nameEnd(bytes, headerBytes + 4);
  const from = stop + 1 + 8;
  const body = bytes.subarray(from, documentEnd(bytes, from, bytes.length));
  return { requestId, body, sequences: new Map(), wantsReply: true, isLegacyQuery: true };
}

let nextRequestId = 1;

/** The bytes of an answer. */
export function answer(message: Message, body: Buffer): Buffer[] {
  const before = message.isLegacyQuery ? 20 : 5;
  const head = Buffer.alloc(headerBytes + before);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(nextRequestId, 4);
  nextRequestId = (nextRequestId + 1) & 0x7fff_ffff;
  head.writeInt32LE(message.requestId, 8);
  head.writeInt32LE(message.isLegacyQuery ? opReply : opMsg, 12);
  if (message.isLegacyQuery) head.writeInt32LE(1, headerBytes + 16);
  return [head, body];
}

/** What hello tells drivers: a standalone server without sessions for retries, without compression, without sign-in. */
export function helloAnswer(connectionId: number): Record<string, unknown> {
  return {
    helloOk: true,
    ismaster: true,
    isWritablePrimary: true,
    maxBsonObjectSize: maximumDocumentBytes,
    maxMessageSizeBytes: maximumMessageBytes,
    maxWriteBatchSize: 100_000,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    connectionId,
    minWireVersion: 0,
    maxWireVersion: 21,
    readOnly: false,
    ok: 1,
  };
}
