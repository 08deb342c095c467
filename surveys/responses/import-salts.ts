import { randomBytes } from 'node:crypto';
import { DateTime } from 'luxon';
import mongoose from 'mongoose';
import { insertNew } from '../bulk-writes.ts';
import { monthOf } from '../calendar.ts';
import { checkedOnWrite } from '../checked-on-write.ts';
import { keyedHash } from '../keys.ts';

/**
 * The salt under which external ids of one survey and answer month become response ids. With it the same answer sent
 * twice is recognised; without it nobody can go from an external id to a response.
 */
interface ImportSalt {
  /** `survey|2026-03`. */
  _id: string;
  /** 64 hex characters; absent once destroyed. */
  salt?: string;
  /** The last month, `2026-04`, in which answers of this month can be sent, sent again or undone. */
  until: string;
}

const saltSchema = new mongoose.Schema<ImportSalt>(
  { _id: { type: String, required: true }, salt: String, until: { type: String, required: true } },
  checkedOnWrite,
);
saltSchema.index({ until: 1 });

const ImportSaltModel = mongoose.model('ImportSalt', saltSchema, 'importSalts');

/** Where an answer from elsewhere belongs: its survey and the month in which it was given. */
export interface AnswerMonth {
  survey: string;
  month: string;
}

/**
 * The rule: answers of a month that carry an external id can be sent, repeated and undone until the end of the month
 * after the one in which the first of them arrived. Then the salt is destroyed and further ones are refused.
 *
 * @param now the current month, `2026-03`
 * @param options.make make the salts that are missing; without it they are left out
 * @returns per answer month (as `saltId` names it) its salt, or null when it is closed
 */
export async function openSalts(
  months: Iterable<AnswerMonth>,
  now: string,
  { make }: { make: boolean },
): Promise<Map<string, string | null>> {
  const ids = [...new Set(Array.from(months, saltId))];
  const find = () => ImportSaltModel.find({ _id: { $in: ids } }).lean();
  let salts = await find();
  const missing = ids.filter((id) => !salts.some(({ _id }) => _id === id));
  if (make && missing.length > 0) {
    await makeSalts(missing, now);
    salts = await find();
  }
  return new Map(salts.map(({ _id, salt, until }) => [_id, (until >= now && salt) || null]));
}

export function saltId({ survey, month }: AnswerMonth): string {
  return `${survey}|${month}`;
}

/** The response id of an external id: random-looking, and the same whenever it is sent. */
export function responseIdOf(salt: string, externalId: string): string {
  return keyedHash(Buffer.from(salt, 'hex'), [externalId]);
}

/**
 * Destroys the salts whose time is over; what was imported under them can't be traced any more. Safe to repeat.
 * @param now the current month, `2026-03`
 * @returns how many
 */
export async function destroyOldSalts(now: string): Promise<number> {
  const old = { until: { $lt: now }, salt: { $exists: true } };
  return (await ImportSaltModel.updateMany(old, { $unset: { salt: 1 } })).modifiedCount;
}

/** Whether answers of a month can still be sent, sent again or undone under its salt. */
export async function isImportOpen(of: AnswerMonth, now: Date): Promise<boolean> {
  const open = { _id: saltId(of), until: { $gte: monthOf(now) } };
  return (await ImportSaltModel.exists(open)) !== null;
}

/** Forgets that a month had a salt: for months that are closed in another way. @returns how many there were */
export async function forgetSalt(of: AnswerMonth): Promise<number> {
  return (await ImportSaltModel.deleteOne({ _id: saltId(of) })).deletedCount;
}

/** Who makes a salt first wins: another process that meets it at the same moment uses the same. */
async function makeSalts(ids: string[], now: string): Promise<void> {
  const until = DateTime.fromFormat(now, 'yyyy-MM', { zone: 'utc' }).plus({ months: 1 }).toFormat('yyyy-MM');
  const salts = ids.map((_id) => ({ _id, salt: randomBytes(32).toString('hex'), until }));
  await insertNew(ImportSaltModel, salts);
}
