import { randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const prefix = 'goldenear_';
/** 62^43 is more than 2^256. */
const randomLength = 43;
const checksumLength = 6;

/** What a secret scanner looks for; the last six characters tell a real key from text that looks like one. */
export const tokenPattern = /\bgoldenear_[0-9A-Za-z]{49}\b/;

/** The text of a new key: prefix, 43 random characters (256 bits), and the checksum of both. */
export function mintTokenText(): string {
  const random = Array.from({ length: randomLength }, () => alphabet[randomInt(alphabet.length)]).join('');
  return `${prefix}${random}${checksumOf(prefix + random)}`;
}

/** Whether a text is made as a key is, without asking the store. */
export function isTokenText(text: string): boolean {
  if (!/^goldenear_[0-9A-Za-z]{49}$/.test(text)) return false;
  return checksumOf(text.slice(0, -checksumLength)) === text.slice(-checksumLength);
}

/** CRC-32 in base 62, six characters. */
function checksumOf(text: string): string {
  let rest = crc32(text);
  let digits = '';
  for (let place = 0; place < checksumLength; place += 1) {
    digits = alphabet[rest % alphabet.length] + digits;
    rest = Math.floor(rest / alphabet.length);
  }
  return digits;
}
