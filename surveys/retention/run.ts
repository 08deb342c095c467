import type { Collection } from 'mongoose';

/** What was erased, by kind; nothing in it tells whose it was. */
export interface Erased {
  responses: number;
  contacts: number;
  invitations: number;
  caps: number;
  importSalts: number;
}

/** An erasing that is under way. */
export interface ErasingRun {
  now: Date;
  erased: Erased;
  /** Comes between two slices: tells of the progress, lets others work, and throws when the right to erase was lost. */
  betweenSlices(): Promise<void>;
}

const sliceSize = 500;

/**
 * Erases the documents that fit a filter, some at a time, so that the store answers others in between.
 * The filter is looked at again when they are deleted: what changed meanwhile stays.
 */
export async function eraseAll(
  run: ErasingRun,
  kind: keyof Erased,
  { collection }: { collection: Collection },
  filter: object,
): Promise<void> {
  for (;;) {
    const slice = await collection
      .find(filter, { projection: { _id: 1 } })
      .limit(sliceSize)
      .toArray();
    if (slice.length === 0) return;
    const ids = slice.map(({ _id }) => _id);
    const { deletedCount } = await collection.deleteMany({ $and: [{ _id: { $in: ids } }, filter] });
    run.erased[kind] += deletedCount;
    await run.betweenSlices();
    if (slice.length < sliceSize) return;
  }
}
