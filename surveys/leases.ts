import mongoose from 'mongoose';
import { checkedOnWrite } from './checked-on-write.ts';
import type { Clock } from './clock.ts';

/** The right to be the one that does something, for a while. */
export interface Lease {
  name: string;
  owner: string;
  /**
   * Grows with every grant. What is written under a lease keeps it, so that a holder who was slow and lost the lease
   * can't overwrite the work of the next.
   */
  fence: number;
}

interface StoredLease {
  _id: string;
  owner: string;
  until: Date;
  fence: number;
}

const leaseSchema = new mongoose.Schema<StoredLease>(
  {
    _id: { type: String, required: true },
    owner: { type: String, required: true },
    until: { type: Date, required: true },
    fence: { type: Number, required: true },
  },
  checkedOnWrite,
);

const LeaseModel = mongoose.model('Lease', leaseSchema, 'leases');
const duplicateKey = 11000;

/**
 * Takes a lease for `ms` milliseconds, when it is free, over, or held by the same owner.
 * @returns undefined when another holds it
 */
export async function acquireLease(
  name: string,
  owner: string,
  clock: Clock,
  ms: number,
): Promise<Lease | undefined> {
  const now = clock.now();
  try {
    const granted = await LeaseModel.findOneAndUpdate(
      { _id: name, $or: [{ until: { $lte: now } }, { owner }] },
      { $set: { owner, until: new Date(now.getTime() + ms) }, $inc: { fence: 1 } },
      { upsert: true, returnDocument: 'after' },
    ).lean();
    return granted ? { name, owner, fence: granted.fence } : undefined;
  } catch (error) {
    if (error instanceof mongoose.mongo.MongoServerError && error.code === duplicateKey) return undefined;
    throw error;
  }
}

/** Prolongs a lease to `ms` milliseconds from now. @returns false when another holds it by now */
export async function renewLease({ name, owner, fence }: Lease, clock: Clock, ms: number): Promise<boolean> {
  const until = new Date(clock.now().getTime() + ms);
  const { matchedCount } = await LeaseModel.updateOne({ _id: name, owner, fence }, { $set: { until } });
  return matchedCount === 1;
}

/** Gives a lease back, so that nobody has to wait for its end. */
export async function releaseLease({ name, owner, fence }: Lease): Promise<void> {
  await LeaseModel.updateOne({ _id: name, owner, fence }, { $set: { until: new Date(0) } });
}
