import { ReleaseRowModel, ReleaseStateModel, stillCurrent } from './models.ts';

/** Removes what an attempt at this release left behind when it did not come to its end. */
export async function removeUnfinished(survey: string, number: number): Promise<void> {
  await ReleaseRowModel.deleteMany({ survey, from: { $gte: number } });
  await ReleaseRowModel.updateMany(
    { survey, to: { $gte: number - 1, $lt: stillCurrent } },
    { $set: { to: stillCurrent } },
  );
  await ReleaseStateModel.deleteMany({ survey, number: { $gte: number } });
}

/** Removes the states that a finished release replaced. */
export async function removeReplacedStates(survey: string): Promise<void> {
  const newest = new Map<string, string>();
  const replaced: string[] = [];
  const states = await ReleaseStateModel.find({ survey }, { question: 1, year: 1, number: 1 }).lean();
  for (const { _id, question, year } of states.sort((a, b) => a.number - b.number)) {
    const older = newest.get(`${question} ${year}`);
    if (older !== undefined) replaced.push(older);
    newest.set(`${question} ${year}`, _id);
  }
  if (replaced.length > 0) await ReleaseStateModel.deleteMany({ _id: { $in: replaced } });
}
