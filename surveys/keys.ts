import { createHmac, hkdfSync } from 'node:crypto';

const purposes = [
  'addressHash',
  'addressEncryption',
  'optOut',
  'contact',
  'invitation',
  'message',
  'sampling',
  'response',
  'session',
  'csrf',
  'queue',
  'network',
  'audit',
  'sharedLink',
  'store',
] as const;

/** One 32-byte key per purpose, so that a value made for one purpose says nothing about another. */
export type Keys = Readonly<Record<(typeof purposes)[number], Buffer>>;

/** Derives the keys of an installation from its SECRET_KEY (HKDF-SHA-256, RFC 5869). */
export function deriveKeys(secretKey: string): Keys {
  const entries = purposes.map((purpose) => [
    purpose,
    Buffer.from(hkdfSync('sha256', secretKey, 'golden-ear', purpose, 32)),
  ]);
  return Object.fromEntries(entries) as Keys;
}

/** HMAC-SHA-256 as 64 hex characters, or fewer bytes where asked for. Parts are joined unambiguously. */
export function keyedHash(key: Buffer, parts: string[], bytes = 32): string {
  return createHmac('sha256', key)
    .update(JSON.stringify(parts))
    .digest('hex')
    .slice(0, bytes * 2);
}
