import { ipKeyGenerator } from 'express-rate-limit';
import { type Keys, keyedHash } from '../../surveys/keys.ts';

/**
 * What stands for where a request comes from: a keyed hash of the IPv4 address, or of the /64 network of an IPv6
 * address (a household or an office has at least one, and can take any address in it). 32 hex characters. Whose
 * address counts is decided by Express's `trust proxy`.
 */
export function networkHash(keys: Keys, ip: string | undefined): string {
  return keyedHash(keys.network, [ip === undefined ? '' : ipKeyGenerator(ip, 64)], 16);
}
