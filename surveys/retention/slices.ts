import type { Collection } from 'mongoose';

/** As many as a roll-up counts side by side: a slice keeps the right to count for tens of milliseconds. */
const sliceSize = 32;

/** Hands over the ids of the documents that fit a filter, some at a time, in their order. */
export async function inSlices(
  { collection }: { collection: Collection },
  filter: object,
  handle: (ids: string[]) => Promise<void>,
): Promise<void> {
  let after = '';
  for (;;) {
    const slice = await collection
      .find({ $and: [filter, { _id: { $gt: after } }] }, { projection: { _id: 1 } })
      .sort({ _id: 1 })
      .limit(sliceSize)
      .toArray();
    const last = slice.at(-1);
    if (!last) return;
    after = String(last._id);
    await handle(slice.map(({ _id }) => String(_id)));
  }
}
