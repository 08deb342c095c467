import { isDeepStrictEqual } from 'node:util';
import { type ReleaseRow, ReleaseRowModel, stillCurrent } from './models.ts';

const batch = 2_000;

/**
 * Stores the rows of a question in a year that are new or differ in this release, and ends those that they replace.
 * Until the release itself is stored, readers see the rows of the one before.
 */
export async function replaceRows(
  { survey, year, number }: { survey: string; year: string; number: number },
  question: string,
  rows: ReleaseRow[],
): Promise<void> {
  const current = await ReleaseRowModel.find({ survey, question, year, to: stillCurrent }).lean();
  const known = new Map(current.map((row) => [identityOf(row), row]));
  const changed: ReleaseRow[] = [];
  for (const row of rows) {
    const before = known.get(identityOf(row));
    if (before && isDeepStrictEqual(before.figures, row.figures)) known.delete(identityOf(row));
    else changed.push(row);
  }
  const ended = [...known.values()].map(({ _id }) => _id);
  for (let at = 0; at < changed.length; at += batch) {
    await ReleaseRowModel.insertMany(changed.slice(at, at + batch), { ordered: false });
  }
  for (let at = 0; at < ended.length; at += batch) {
    await ReleaseRowModel.updateMany(
      { _id: { $in: ended.slice(at, at + batch) } },
      { $set: { to: number - 1 } },
    );
  }
}

/** The id without the number of the release. */
function identityOf({ _id }: ReleaseRow): string {
  return _id.slice(0, _id.lastIndexOf('|'));
}
