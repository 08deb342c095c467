import mongoose from 'mongoose';
import { inAmsterdam } from '../calendar.ts';
import { checkedOnWrite } from '../checked-on-write.ts';
import type { Context } from '../context.ts';
import { holidaysKept } from '../municipality/index.ts';
import { addWorkingDays } from './office-hours.ts';

/**
 * Mails an hour, over all workers, of those that are late by more than a working day: after a long pause or a long
 * downtime they go one a second on average, not all in the first minutes, and never in the way of those of today.
 */
export const latePerHour = 3_600;

interface Backlog {
  _id: string;
  /** Hour in Europe/Amsterdam, as `2026-03-10T09`. */
  hour: string;
  /** Late mails that were asked for in that hour. */
  asked: number;
}

const BacklogModel = mongoose.model(
  'Backlog',
  new mongoose.Schema<Backlog>(
    {
      _id: { type: String, required: true },
      hour: { type: String, required: true },
      asked: { type: Number, required: true },
    },
    checkedOnWrite,
  ),
  'backlog',
);

const _id = 'late';

/** What was due before this instant is late: a working day ago at the same local time. */
export async function lateBefore({ clock }: Context): Promise<Date> {
  return addWorkingDays(clock.now(), -1, await holidaysKept());
}

/** Asks for room for so many late mails in this hour. @returns for how many there is; unused room is not given back */
export async function roomForLate({ clock }: Context, wanted: number): Promise<number> {
  if (wanted === 0) return 0;
  const hour = inAmsterdam(clock.now()).toFormat("yyyy-MM-dd'T'HH");
  await BacklogModel.updateOne({ _id }, { $setOnInsert: { hour, asked: 0 } }, { upsert: true });
  await BacklogModel.updateOne({ _id, hour: { $ne: hour } }, { $set: { hour, asked: 0 } });
  const after = await BacklogModel.findOneAndUpdate(
    { _id, hour },
    { $inc: { asked: wanted } },
    { returnDocument: 'after' },
  ).lean();
  const over = (after?.asked ?? Number.POSITIVE_INFINITY) - latePerHour;
  return Math.max(0, wanted - Math.max(0, over));
}
