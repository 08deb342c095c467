import { mongo } from 'mongoose';

const duplicateKey = 11000;
const options = { ordered: false, throwOnValidationError: true } as const;

/**
 * Runs an unordered bulk write in which a document that is already there is an expected outcome.
 * @returns the positions of the operations that met a duplicate key; all others were written.
 * @throws when an operation failed for another reason, or a document does not fit the model's schema.
 */
export async function duplicatesOf(
  write: (bulkOptions: typeof options) => Promise<unknown>,
): Promise<Set<number>> {
  try {
    await write(options);
    return new Set();
  } catch (error) {
    if (!(error instanceof mongo.MongoBulkWriteError)) throw error;
    const faults = [error.writeErrors].flat();
    if (faults.some(({ code }) => code !== duplicateKey)) throw error;
    return new Set(faults.map(({ index }) => index));
  }
}
