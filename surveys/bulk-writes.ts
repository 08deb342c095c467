import { mongo } from 'mongoose';

const duplicateKey = 11000;

/** As much of a mongoose model as an insert needs. */
interface Insertable<T> {
  new (document: T): { errors?: object; toObject(): object };
  collection: { insertMany(documents: object[], options: { ordered: boolean }): Promise<unknown> };
}

/**
 * Inserts many documents of which some may be there already: those stay as they are.
 * The model refuses unknown fields and values of another type. What it does not check here are required fields and
 * enumerations: the compiler does, and checking them again would cost half of a large write.
 * @returns the positions of the documents that were there; all others were written.
 * @throws before anything is written, when a document does not fit the model's schema.
 */
export async function insertNew<T>(model: Insertable<T>, documents: T[]): Promise<Set<number>> {
  const cast = documents.map((document) => {
    const made = new model(document);
    if (made.errors) throw new TypeError(`does not fit its schema: ${Object.keys(made.errors).join(', ')}`);
    return made.toObject();
  });
  try {
    await model.collection.insertMany(cast, { ordered: false });
    return new Set();
  } catch (error) {
    if (!(error instanceof mongo.MongoBulkWriteError)) throw error;
    const faults = [error.writeErrors].flat();
    // Without a fault of a single document it is a fault of all: a full disk, a store that went away.
    const isOfKeys = faults.length > 0 && faults.every(({ code }) => code === duplicateKey);
    if (!isOfKeys || error.result.getWriteConcernError()) throw error;
    return new Set(faults.map(({ index }) => index));
  }
}

/** FerretDB 1 holds one of its hundred connections for each statement until the list of them ends. */
const mostTogether = 50;

/** Cuts the statements of a bulk write into lists that every store takes. */
export function inLists<T>(statements: T[]): T[][] {
  const lists: T[][] = [];
  for (let at = 0; at < statements.length; at += mostTogether) {
    lists.push(statements.slice(at, at + mostTogether));
  }
  return lists;
}

/** Whether a write was refused because its key is there already. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && error.code === duplicateKey;
}
