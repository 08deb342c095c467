import mongoose from 'mongoose';
import { insertNew } from '../surveys/bulk-writes.ts';
import { checkedOnWrite } from '../surveys/checked-on-write.ts';
import { type Keys, keyedHash } from '../surveys/keys.ts';

const id = 'store';

/** By which a key is known again. It tells nothing of the key that a sealed address would not. */
const StoreKeyModel = mongoose.model(
  'StoreKey',
  new mongoose.Schema<{ _id: string; mark: string }>(
    { _id: { type: String, required: true }, mark: { type: String, required: true } },
    checkedOnWrite,
  ),
  'storeKey',
);

/**
 * Makes sure that a store is opened with the key that it was filled with; the first key that comes is that key. With another one
 * nobody's opt-out would be recognised, and people who want no mail would get it.
 * @throws Error when it is another key
 */
export async function refuseOtherKey(keys: Keys): Promise<void> {
  await insertNew(StoreKeyModel, [{ _id: id, mark: markOf(keys) }]);
  const known = await StoreKeyModel.findById(id).lean();
  if (known?.mark === markOf(keys)) return;
  throw new Error(
    'This store was filled with another SECRET_KEY (or secret-key in DATA_DIR). Start with that one: without it no opt-out is known and no address opens. If it is lost, see "golden-ear secret-key accept --help".',
  );
}

/** Makes the present key the one of the store. What was made with the one before can't be read or recognised any more. */
export async function acceptKey(keys: Keys): Promise<void> {
  await StoreKeyModel.updateOne({ _id: id }, { $set: { mark: markOf(keys) } }, { upsert: true });
}

function markOf(keys: Keys): string {
  return keyedHash(keys.store, [id], 16);
}
