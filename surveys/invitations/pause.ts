import mongoose from 'mongoose';

const switchSchema = new mongoose.Schema<{ _id: string; paused: boolean }>(
  { _id: { type: String, required: true }, paused: { type: Boolean, required: true } },
  { strict: 'throw', versionKey: false, autoIndex: false, autoCreate: false },
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
