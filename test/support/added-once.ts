import mongoose from 'mongoose';
import { forgetStore } from '../../surveys/store.ts';

/** Documents by the name of their collection. */
type Stored = Map<string, { _id: unknown }[]>;

let added: Stored | undefined;

/**
 * Lets what adds much to the store do so once in a run; from then on the same documents are put there as they were,
 * which takes a fraction of the time. For one such work only, which adds documents and changes none that were there.
 */
export async function addedOnce(work: () => Promise<void>): Promise<void> {
  if (added) {
    for (const [name, documents] of added)
      await mongoose.connection.collection(name).insertMany(documents as object[]);
    forgetStore();
    return;
  }
  const before = await everything();
  await work();
  added = new Map();
  for (const [name, documents] of await everything()) {
    const there = new Set(before.get(name)?.map(({ _id }) => String(_id)));
    const fresh = documents.filter(({ _id }) => !there.has(String(_id)));
    if (fresh.length > 0) added.set(name, fresh);
  }
}

async function everything(): Promise<Stored> {
  const found: Stored = new Map();
  for (const { collection } of Object.values(mongoose.models))
    found.set(collection.collectionName, await collection.find<{ _id: unknown }>({}).toArray());
  return found;
}
