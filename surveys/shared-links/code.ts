import { mintPaperCode, readPaperCode } from '../paper-codes.ts';

const groups = [4, 4];

/** A fresh code of 40 random bits, in two groups: `7KQ2-M9XD`. */
export function mintCode(): string {
  return mintPaperCode(groups);
}

/** A code as it was minted, from what somebody typed; undefined when it can't be one. */
export function readCode(typed: string): string | undefined {
  return readPaperCode(typed, groups);
}
