import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, inflateRawSync } from 'node:zlib';

/** A canary that was found: which one, in which file, written how. */
export interface Sighting {
  canary: string;
  file: string;
  form: string;
}

/** Looks through every file of a directory, and the texts given by name, for canaries in any form that software may write them. */
export function findCanaries(
  canaries: readonly string[],
  directory: string,
  texts: Record<string, string> = {},
): Sighting[] {
  const forms = canaries.flatMap(formsOf);
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return [
    ...files.flatMap((file) => sightingsIn(forms, file.slice(directory.length + 1), readFileSync(file))),
    ...Object.entries(texts).flatMap(([name, text]) => sightingsIn(forms, name, Buffer.from(text))),
  ];
}

interface Form {
  canary: string;
  form: string;
  bytes: Buffer;
}

function formsOf(canary: string): Form[] {
  const utf8 = Buffer.from(canary);
  const utf16 = Buffer.from(canary, 'utf16le');
  const bytes: Record<string, Buffer> = {
    utf8,
    capitals: Buffer.from(canary.toUpperCase()),
    utf16le: utf16,
    utf16be: Buffer.from(utf16).swap16(),
    hex: Buffer.from(utf8.toString('hex')),
    percent: Buffer.from(encodeURIComponent(canary)),
    reversed: Buffer.from([...canary].reverse().join('')),
  };
  for (const [name, source] of Object.entries({ utf8, utf16le: utf16 }))
    for (const shift of [0, 1, 2]) {
      bytes[`base64 of ${name}, ${shift}`] = Buffer.from(insideBase64(source, shift));
      bytes[`base64url of ${name}, ${shift}`] = Buffer.from(
        insideBase64(source, shift).replaceAll('+', '-').replaceAll('/', '_'),
      );
    }
  return Object.entries(bytes).map(([form, one]) => ({ canary, form, bytes: one }));
}

/** The characters that are the same whatever stands before and after, when it starts so many bytes into a group of three. */
function insideBase64(source: Buffer, shift: number): string {
  const encoded = Buffer.concat([Buffer.alloc(shift), source])
    .toString('base64')
    .replaceAll('=', '');
  const first = shift === 0 ? 0 : shift + 1;
  const whole = Math.floor(((shift + source.length) * 8) / 6);
  return encoded.slice(first, whole);
}

function sightingsIn(forms: Form[], file: string, content: Buffer): Sighting[] {
  const parts = [
    { name: file, bytes: content },
    ...inflated(content).map((bytes) => ({ name: `${file} (deflated)`, bytes })),
  ];
  return parts.flatMap(({ name, bytes }) =>
    forms
      .filter((form) => bytes.includes(form.bytes))
      .map(({ canary, form }) => ({ canary, form, file: name })),
  );
}

/** Beginnings of what gzip and zlib pack, with the length of the header before the deflated bytes. */
const beginnings = [
  { magic: Buffer.from([0x1f, 0x8b, 0x08, 0x00]), header: 10 },
  ...[0x01, 0x9c, 0xda].map((level) => ({ magic: Buffer.from([0x78, level]), header: 2 })),
];

/** What is packed in it, wherever that begins and whatever follows. */
function inflated(content: Buffer): Buffer[] {
  const found: Buffer[] = [];
  const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 5_000_000 };
  for (const { magic, header } of beginnings) {
    for (let at = content.indexOf(magic); at >= 0; at = content.indexOf(magic, at + 1)) {
      try {
        found.push(inflateRawSync(content.subarray(at + header, at + 1_000_000), options));
      } catch {
        // Bytes that only look like the beginning of a packed part.
      }
    }
  }
  return found;
}
