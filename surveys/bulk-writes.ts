import { mongo } from 'mongoose';

const duplicateKey = 11000;

/**
 * Runs an unordered bulk write in which a document that is already there is an expected outcome.
 * @returns the positions of the operations that met a duplicate key; the others were written.
 * @throws the driver's error when any operation failed for another reason.
 */
export async function duplicatesOf(write: () => Promise<unknown>): Promise<Set<number>> {
  try {
    await write();
    return new Set();
  } catch (error) {
    if (!(error instanceof mongo.MongoBulkWriteError)) throw error;
    const faults = [error.writeErrors].flat();
    if (faults.some(({ code }) => code !== duplicateKey)) throw error;
    return new Set(faults.map(({ index }) => index));
  }
}
