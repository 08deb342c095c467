import { monthOf } from '../../calendar.ts';
import type { Context } from '../../context.ts';
import { problem } from '../../problems.ts';
import { responseIdOf } from '../import-salts.ts';
import { ResponseModel } from '../model.ts';
import { HistoricImportModel } from './imports.ts';

const idsAtOnce = 1_000;

/**
 * Takes back everything that an import stored: its answers are emptied at once and leave the cells at the next recount.
 * Safe to repeat, also after a crash half-way. Afterwards the same file may be imported anew.
 * @param onProgress told after each thousand responses: lines of the file that are done, and how many there are
 * @returns how many responses were taken back
 * @throws Problem `notFound` when there is no such import, `badRequest` when it can't be undone any more
 */
export async function undoImport(
  ctx: Context,
  id: string,
  onProgress: (lines: number, total: number) => void = () => undefined,
): Promise<number> {
  const begun = await HistoricImportModel.findByIdAndUpdate(id, { $set: { undoing: true } }).lean();
  if (!begun) throw problem('notFound', { detail: `There is no import ${id}.` });
  const { salt, until, lastLine, parts } = begun;
  if (!salt || until < monthOf(ctx.clock.now()))
    throw problem('badRequest', { detail: `The import ${id} can not be undone any more.` });
  let undone = 0;
  let ids: string[] = [];
  for (let line = 1; line <= lastLine; line++) {
    for (let part = 0; part < parts; part++) ids.push(responseIdOf(salt, nameOf(line, part)));
    if (ids.length < idsAtOnce && line < lastLine) continue;
    undone += await eraseAll(ids);
    ids = [];
    onProgress(line, lastLine);
  }
  await HistoricImportModel.deleteOne({ _id: id });
  return undone;
}

/** What names a response within its import: the line of the file, and which of that line's responses it is. */
export function nameOf(line: number, part: number): string {
  return `${line}.${part}`;
}

async function eraseAll(ids: string[]): Promise<number> {
  const { modifiedCount } = await ResponseModel.updateMany(
    { _id: { $in: ids }, deleted: { $ne: true } },
    {
      $set: { answers: {}, derived: {}, deleted: true, dirty: true },
      $unset: { themes: 1 },
      $inc: { rev: 1 },
    },
  );
  return modifiedCount;
}
