import { createHash } from 'node:crypto';
import mongoose from 'mongoose';

/** Says that something was counted for the last time: what it was counted from is erased, or about to be. */
export interface Seal {
  /** SHA-256 of the counts: nothing else can tell any more whether they are what was counted. */
  checksum: string;
  /** Whether all it was counted from has been erased. */
  erased: boolean;
}

export const sealSchema = new mongoose.Schema<Seal>(
  { checksum: { type: String, required: true }, erased: { type: Boolean, required: true } },
  { _id: false, strict: 'throw' },
);

/** A fresh seal on counts; nothing has been erased yet. */
export function sealOf(counts: object): Seal {
  return { checksum: checksumOf(counts), erased: false };
}

/** Whether the counts are still those that were sealed. */
export function isIntact(seal: Seal, counts: object): boolean {
  return seal.checksum === checksumOf(counts);
}

function checksumOf(counts: object): string {
  return createHash('sha256').update(canonical(counts)).digest('hex');
}

/** JSON with sorted keys: a store need not keep their order. */
function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`).join(',')}}`;
}
