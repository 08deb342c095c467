import mongoose from 'mongoose';
import { checkedOnWrite } from '../checked-on-write.ts';

const switchSchema = new mongoose.Schema<{ _id: string; paused: boolean }>(
  { _id: { type: String, required: true }, paused: { type: Boolean, required: true } },
  checkedOnWrite,
);
const SwitchModel = mongoose.model('Switch', switchSchema, 'switches');

const id = 'sending';

/** Whether an administrator has stopped all mail. Kept in the store, so that a restart does not undo it. */
export async function sendingPaused(): Promise<boolean> {
  const stored = await SwitchModel.findById(id).lean();
  return stored?.paused ?? false;
}

/** Stops or restarts all mail. Mail that is being handed over at that moment still goes. */
export async function setSendingPaused(paused: boolean): Promise<void> {
  await SwitchModel.updateOne({ _id: id }, { $set: { paused } }, { upsert: true });
}
