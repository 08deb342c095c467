/** MongoDB's limit on one message, in bytes. */
export const maximumMessageBytes = 48_000_000;
const headerBytes = 16;
const opReply = 1;
const opQuery = 2004;
const opMsg = 2013;
const checksumPresent = 1;
const moreToCome = 2;

/** A request: the command as BSON, and document sequences that came beside it, still bytes. */
export interface Message {
  requestId: number;
  body: Buffer;
  sequences: [name: string, documents: Buffer[]][];
  wantsReply: boolean;
  isLegacyQuery: boolean;
}

function check(isRight: boolean, fault: string): void {
  if (!isRight) throw new Error(`Protocol error: ${fault}`);
}

/** Cuts a stream of bytes into messages. */
export class Frames {
  #parts: Buffer[] = [];
  #length = 0;

  /** Takes a piece of the stream in; returns the messages it completes. Throws when it breaks the protocol. */
  take(piece: Buffer): Message[] {
    this.#parts.push(piece);
    this.#length += piece.length;
    const messages: Message[] = [];
    for (;;) {
      if (this.#length < headerBytes) return messages;
      if ((this.#parts[0]?.length ?? 0) < headerBytes) this.#join();
      const size = this.#parts[0]?.readInt32LE(0) ?? 0;
      check(size >= headerBytes + 5 && size <= maximumMessageBytes, `a message of ${size} bytes`);
      if (this.#length < size) return messages;
      const bytes = this.#join();
      messages.push(parse(bytes.subarray(0, size)));
      this.#parts = bytes.length > size ? [bytes.subarray(size)] : [];
      this.#length -= size;
    }
  }

  #join(): Buffer {
    const bytes = this.#parts.length === 1 && this.#parts[0] ? this.#parts[0] : Buffer.concat(this.#parts);
    this.#parts = [bytes];
    return bytes;
  }
}

function parse(bytes: Buffer): Message {
  const requestId = bytes.readInt32LE(4);
  const operation = bytes.readInt32LE(12);
  check(operation === opMsg || operation === opQuery, `unknown operation ${operation}`);
  return operation === opMsg ? parseMessage(bytes, requestId) : parseQuery(bytes, requestId);
}

/** The document or section at `from`; its length comes first. */
function sized(bytes: Buffer, from: number, limit: number): Buffer {
  const until = from + bytes.readInt32LE(from);
  check(until >= from + 5 && until <= limit, 'a part with a wrong length');
  return bytes.subarray(from, until);
}

/** Where the name that starts at `from` ends. */
function nameEnd(bytes: Buffer, from: number): number {
  const end = bytes.indexOf(0, from);
  check(end >= 0, 'a name without end');
  return end;
}

function parseMessage(bytes: Buffer, requestId: number): Message {
  const flags = bytes.readUInt32LE(headerBytes);
  // The lower 16 flags must be understood.
  check((flags & 0xffff & ~(checksumPresent | moreToCome)) === 0, 'unknown required flags');
  const end = bytes.length - ((flags & checksumPresent) !== 0 ? 4 : 0);
  const bodies: Buffer[] = [];
  const sequences: Message['sequences'] = [];
  for (let at = headerBytes + 4; at < end; ) {
    const kind = bytes[at];
    const section = sized(bytes, at + 1, end);
    check(kind === 0 || kind === 1, 'an unknown kind of section');
    if (kind === 0) bodies.push(section);
    else {
      const stop = nameEnd(section, 4);
      sequences.push([section.toString('utf8', 4, stop), documentsIn(section.subarray(stop + 1))]);
    }
    at += 1 + section.length;
  }
  const [body, ...more] = bodies;
  check(more.length === 0, 'two bodies');
  if (body === undefined) throw new Error('Protocol error: no body');
  return { requestId, body, sequences, wantsReply: (flags & moreToCome) === 0, isLegacyQuery: false };
}

function documentsIn(bytes: Buffer): Buffer[] {
  const documents: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += documents.at(-1)?.length ?? 0)
    documents.push(sized(bytes, at, bytes.length));
  return documents;
}

/** OP_QUERY is used for the first hello alone: flags, `admin.$cmd`, skip, limit, document. */
function parseQuery(bytes: Buffer, requestId: number): Message {
  const body = sized(bytes, nameEnd(bytes, headerBytes + 4) + 9, bytes.length);
  return { requestId, body, sequences: [], wantsReply: true, isLegacyQuery: true };
}

/** The bytes of an answer. */
export function answer({ requestId, isLegacyQuery }: Message, body: Buffer): Buffer {
  const headLength = headerBytes + (isLegacyQuery ? 20 : 5);
  const bytes = Buffer.allocUnsafe(headLength + body.length).fill(0, 0, headLength);
  bytes.writeInt32LE(bytes.length, 0);
  bytes.writeInt32LE(requestId, 8);
  bytes.writeInt32LE(isLegacyQuery ? opReply : opMsg, 12);
  if (isLegacyQuery) bytes.writeInt32LE(1, headerBytes + 16);
  body.copy(bytes, headLength);
  return bytes;
}
