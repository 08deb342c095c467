import { isIP } from 'node:net';

/** Names that Express knows for networks of its own machine and of private use. */
const named = new Set(['loopback', 'linklocal', 'uniquelocal']);

/** Whether Express can use this as `trust proxy`: a number of proxies, or addresses and networks of theirs. */
export function isTrustable(proxies: number | string[] | undefined): boolean {
  return !Array.isArray(proxies) || proxies.every(isNetwork);
}

function isNetwork(text: string): boolean {
  if (named.has(text)) return true;
  const [address = '', bits, ...rest] = text.split('/');
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address) as 0 | 4 | 6];
  if (most < 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= most);
}
