import mongoose from 'mongoose';

/** Who has this lease may write cells and volumes, with its fence. */
export const countingLease = 'roll-up';

/** Milliseconds. Short, because after a crash nothing is counted until it is over. */
export const leaseMs = 4_000;

/**
 * Replaces a cell or volume unless the stored one has a newer fence or a seal: that makes the filter miss and the upsert
 * meet its key.
 * @returns whether it was replaced
 */
export async function fenced(write: () => Promise<void>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof mongoose.mongo.MongoServerError && error.code === 11000) return false;
    throw error;
  }
}
