import mongoose from 'mongoose';
import { checkedOnWrite } from '../../checked-on-write.ts';
import type { Context } from '../../context.ts';
import { keyedHash } from '../../keys.ts';

/** A klantcontact of which a notification came, and that has yet to be looked at. It is erased once that was done. */
export interface PendingKlantcontact {
  /** Keyed hash of the UUID. */
  _id: string;
  uuid: string;
  /** It was destroyed at the source: whatever else is heard of it, it is erased here. */
  destroyed: boolean;
  /** When the first notification of it was made. */
  heardAt: Date;
  nextAt: Date;
  attempts: number;
  /** Counts the notifications, so that one that comes while it is looked at is not lost. */
  rev: number;
}

const text = { type: String, required: true } as const;

const pendingSchema = new mongoose.Schema<PendingKlantcontact>(
  {
    _id: text,
    uuid: text,
    destroyed: { type: Boolean, required: true },
    heardAt: { type: Date, required: true },
    nextAt: { type: Date, required: true },
    attempts: { type: Number, required: true },
    rev: { type: Number, required: true },
  },
  checkedOnWrite,
);
pendingSchema.index({ nextAt: 1 });

export const PendingKlantcontactModel = mongoose.model(
  'PendingKlantcontact',
  pendingSchema,
  'pendingKlantcontacten',
);

/** Who was involved is often added after the klantcontact itself was made, and nothing is told of that. */
const settleMs = 15 * 60_000;

/** Keeps what a notification said, so that it is looked at later. Once `destroy` came, nothing undoes it. Safe to repeat. */
export async function noteKlantcontact(
  { clock, keys }: Context,
  { uuid, destroyed, heardAt }: { uuid: string; destroyed: boolean; heardAt: Date },
): Promise<void> {
  const now = clock.now();
  const soon = new Date(now.getTime() + settleMs);
  await PendingKlantcontactModel.updateOne(
    { _id: keyedHash(keys.contact, ['open-klant', uuid]) },
    {
      $inc: { rev: 1 },
      ...(destroyed && { $set: { destroyed, nextAt: now } }),
      $setOnInsert: { uuid, heardAt, attempts: 0, ...(!destroyed && { destroyed, nextAt: soon }) },
    },
    { upsert: true },
  );
}

export async function klantcontactenDue({ clock }: Context): Promise<boolean> {
  return (await PendingKlantcontactModel.exists({ nextAt: { $lte: clock.now() } })) !== null;
}

/** Claims the one that waits longest. Of several workers one gets it, until `leaseMs` milliseconds from now. */
export async function claimKlantcontact(
  { clock }: Context,
  leaseMs: number,
): Promise<PendingKlantcontact | undefined> {
  const now = clock.now();
  const claimed = await PendingKlantcontactModel.findOneAndUpdate(
    { nextAt: { $lte: now } },
    { $set: { nextAt: new Date(now.getTime() + leaseMs) }, $inc: { attempts: 1 } },
    { sort: { nextAt: 1 }, returnDocument: 'after' },
  ).lean();
  return claimed ?? undefined;
}

/** Forgets one that was looked at; when more was heard of it meanwhile, it is looked at again. */
export async function endKlantcontact({ clock }: Context, { _id, rev }: PendingKlantcontact): Promise<void> {
  const { deletedCount } = await PendingKlantcontactModel.deleteOne({ _id, rev });
  if (deletedCount === 0)
    await PendingKlantcontactModel.updateOne({ _id }, { $set: { nextAt: clock.now() } });
}

/** Looks again so many milliseconds from now, unless more was heard of it meanwhile: then at once. */
export async function retryKlantcontact(
  { clock }: Context,
  { _id, rev }: PendingKlantcontact,
  ms: number,
): Promise<void> {
  const nextAt = new Date(clock.now().getTime() + ms);
  await PendingKlantcontactModel.updateOne({ _id, rev }, { $set: { nextAt } });
}
