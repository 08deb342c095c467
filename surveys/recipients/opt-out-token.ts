import type { Keys } from '../keys.ts';
import { open, seal } from './sealing.ts';

const context = 'opt-out';
const hashBytes = 32;

/**
 * The token of the opt-out link: the sealed address hash. It works for ever and after the address was erased,
 * and says nothing to anyone without the key.
 */
export function optOutToken(keys: Keys, addressHash: string): string {
  return seal(keys.optOut, Buffer.from(addressHash, 'hex'), context);
}

/** @returns the address hash, or undefined when the token is not ours. */
export function openOptOutToken(keys: Keys, token: string): string | undefined {
  if (!/^[A-Za-z0-9_-]{80}$/.test(token)) return undefined;
  const hash = open(keys.optOut, token, context);
  return hash?.length === hashBytes ? hash.toString('hex') : undefined;
}
