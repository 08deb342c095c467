import { BounceModel, OptOutModel } from './model.ts';

export interface RefusedAddresses {
  optedOut: Set<string>;
  bounced: Set<string>;
}

/** Which of these address hashes must not be mailed, and why. */
export async function refusedAmong(hashes: string[]): Promise<RefusedAddresses> {
  const filter = { _id: { $in: hashes } };
  const [optedOut, bounced] = await Promise.all([
    OptOutModel.find(filter).lean(),
    BounceModel.find(filter).lean(),
  ]);
  return {
    optedOut: new Set(optedOut.map(({ _id }) => _id)),
    bounced: new Set(bounced.map(({ _id }) => _id)),
  };
}

/** Remembers for ever that this address wants no surveys. Safe to repeat. */
export async function rememberOptOut(hash: string): Promise<void> {
  await OptOutModel.updateOne({ _id: hash }, { $setOnInsert: { _id: hash } }, { upsert: true });
}

/** Remembers that a mail server refused this address for good. Safe to repeat. */
export async function rememberBounce(hash: string): Promise<void> {
  await BounceModel.updateOne({ _id: hash }, { $setOnInsert: { _id: hash } }, { upsert: true });
}
