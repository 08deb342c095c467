import { randomBytes } from 'node:crypto';
import { DateTime } from 'luxon';
import mongoose from 'mongoose';
import { insertNew } from '../../bulk-writes.ts';
import { monthOf } from '../../calendar.ts';
import { checkedOnWrite } from '../../checked-on-write.ts';
import type { Context } from '../../context.ts';
import { keyedHash } from '../../keys.ts';
import { problem } from '../../problems.ts';
import type { AnswerMonth } from '../import-salts.ts';

/**
 * One import of a file of historic answers. A response is named by its place in the file, under the salt of the import: so
 * the salt and how far the import came are all that undoing takes, and without the salt nothing leads to a response.
 */
export interface HistoricImport {
  /** 16 hex characters, made of the file's content: the same file is the same import. */
  _id: string;
  survey: string;
  /** Keyed hash of the mapping. */
  mapping: string;
  /** 64 hex characters; absent once destroyed. */
  salt?: string;
  /** The last month, `2026-04`, in which it can be run again or undone. */
  until: string;
  /** Months of the answers. */
  months: string[];
  /** The last line, and the most responses of one person, that may have been stored. */
  lastLine: number;
  parts: number;
  undoing?: boolean;
}

const text = { type: String, required: true } as const;
const number = { type: Number, required: true } as const;

const importSchema = new mongoose.Schema<HistoricImport>(
  {
    _id: text,
    survey: text,
    mapping: text,
    salt: String,
    until: text,
    months: [String],
    lastLine: number,
    parts: number,
    undoing: Boolean,
  },
  checkedOnWrite,
);
importSchema.index({ until: 1 });

export const HistoricImportModel = mongoose.model('HistoricImport', importSchema, 'historicImports');

/** Names an import by the SHA-256 of its file. */
export function importIdOf({ keys }: Context, fileDigest: string): string {
  return keyedHash(keys.response, ['historic', fileDigest], 8);
}

/**
 * Begins an import, or goes on with the one of the same file and mapping.
 * @returns its salt
 * @throws Problem `badRequest` for a file that was imported by another mapping, is being undone, or whose time is over
 */
export async function beginImport(
  ctx: Context,
  { id, survey, mapping }: { id: string; survey: string; mapping: object },
): Promise<string> {
  const now = monthOf(ctx.clock.now());
  const mapped = keyedHash(ctx.keys.response, ['mapping', JSON.stringify(mapping)], 8);
  const until = DateTime.fromFormat(now, 'yyyy-MM', { zone: 'utc' }).plus({ months: 1 }).toFormat('yyyy-MM');
  const salt = randomBytes(32).toString('hex');
  const fresh = { _id: id, survey, mapping: mapped, salt, until, months: [], lastLine: 0, parts: 0 };
  await insertNew(HistoricImportModel, [fresh]);
  const begun = await HistoricImportModel.findById(id).lean();
  const refuse = (detail: string) => problem('badRequest', { detail });
  if (!begun?.salt || begun.until < now)
    throw refuse(
      'This file was imported before, and that import is closed: its answers are not taken twice.',
    );
  if (begun.undoing)
    throw refuse(`The import ${id} of this file is being undone; undo it again to finish that.`);
  if (begun.mapping !== mapped)
    throw refuse(`This file was imported with another mapping; undo that import (${id}) first.`);
  return begun.salt;
}

/** Writes down how far an import is about to come, before anything of it is stored. */
export async function noteProgress(
  id: string,
  { lastLine, parts, months }: Pick<HistoricImport, 'lastLine' | 'parts' | 'months'>,
): Promise<void> {
  const noted = await HistoricImportModel.updateOne(
    { _id: id, undoing: { $ne: true } },
    { $addToSet: { months: { $each: months } } },
  );
  if (noted.matchedCount === 0) throw problem('badRequest', { detail: `The import ${id} is being undone.` });
  await HistoricImportModel.updateOne({ _id: id, lastLine: { $lt: lastLine } }, { $set: { lastLine } });
  await HistoricImportModel.updateOne({ _id: id, parts: { $lt: parts } }, { $set: { parts } });
}

/** Whether answers of a month can still be undone with their import. */
export async function isHistoricImportOpen({ survey, month }: AnswerMonth, now: Date): Promise<boolean> {
  const open = { survey, months: month, until: { $gte: monthOf(now) } };
  return (await HistoricImportModel.exists(open)) !== null;
}

/** Destroys the salts of imports whose time is over: these can't be undone any more. Safe to repeat. @returns how many */
export async function closeOldImports(now: string): Promise<number> {
  const old = { until: { $lt: now }, salt: { $exists: true } };
  return (await HistoricImportModel.updateMany(old, { $unset: { salt: 1 } })).modifiedCount;
}
