import { timingSafeEqual } from 'node:crypto';
import { type Keys, keyedHash } from '../../surveys/keys.ts';

/** Name of the field that every staff form carries. */
export const csrfField = '_csrf';

/**
 * The form token that goes with a cookie: a keyed hash of its secret (OWASP's HMAC-based double submit). Another
 * site can send the cookie along but can't read it, and without our key can't make the token.
 */
export function csrfToken(keys: Keys, cookieSecret: string): string {
  return keyedHash(keys.csrf, [cookieSecret]);
}

export function isCsrfToken(keys: Keys, cookieSecret: string, given: unknown): boolean {
  if (typeof given !== 'string') return false;
  const [expected, actual] = [Buffer.from(csrfToken(keys, cookieSecret)), Buffer.from(given)];
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
