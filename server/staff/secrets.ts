import { randomBytes } from 'node:crypto';
import { type Keys, keyedHash } from '../../surveys/keys.ts';

/** A fresh secret: 256 random bits as 43 base64url characters. */
export function mintSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Under which the store knows a secret; what is stored does not open anything. */
export function secretHash(keys: Keys, kind: 'session' | 'sign-in', secret: string): string {
  return keyedHash(keys.session, [kind, secret]);
}
