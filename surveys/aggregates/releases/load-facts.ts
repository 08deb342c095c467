import mongoose from 'mongoose';
import { type Cell, CellModel, type Volume, VolumeModel } from '../cells.ts';
import { addFacts, emptyFacts, type Facts, placeOf } from '../facts.ts';
import type { MeasuredQuestion } from '../measured-questions.ts';
import { countAnswers } from '../measures.ts';
import { yearOf } from '../periods.ts';

/**
 * What became of an invitation, as bins: they partition the invited. The order matters: what moves unseen within a
 * band ends in its last bin (docs/decisions/0005-releases.md).
 */
export const invitationBins = ['answered', 'open', 'undelivered'];

/** The calendar years in which a survey has answers, in order. */
export async function yearsWithAnswers(survey: string): Promise<string[]> {
  const month = { _id: 0, month: 1 } as const;
  const [first] = await CellModel.find({ survey }, month).sort({ survey: 1, month: 1 }).limit(1).lean();
  const [last] = await CellModel.find({ survey }, month).sort({ survey: -1, month: -1 }).limit(1).lean();
  if (!first || !last) return [];
  const [from, to] = [Number(yearOf(first.month)), Number(yearOf(last.month))];
  return Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
}

/** The answers of a year per question key, from all versions in which the question means the same. */
export async function answersOf(
  survey: string,
  year: string,
  questions: MeasuredQuestion[],
): Promise<Map<string, Facts>> {
  const facts = new Map(questions.map(({ key, bins }) => [key, emptyFacts(bins)]));
  const add = (cell: Cell) => {
    const place = placeOf(cell);
    for (const { key, since } of questions) {
      const histogram = cell.histograms[key];
      if (histogram && cell.version >= since) addFacts(facts.get(key)!, place, histogram);
    }
  };
  // The driver's own cursor, a batch at a time: a year can have a hundred thousand cells.
  const cells = mongoose.connection
    .collection<Cell>(CellModel.collection.name)
    .find({ survey, month: { $gte: `${year}-01`, $lte: `${year}-12` } }, { batchSize: 5_000 });
  while (await cells.hasNext()) for (const cell of cells.readBufferedDocuments()) add(cell);
  return facts;
}

/** The denominators of a year. They know no mode. */
export interface Volumes {
  /** By month of the planned send, in `invitationBins`. */
  invitations: Facts;
  /** All contacts, invited or not, by month of the contact. */
  contacts: Facts;
}

export async function volumesOf(survey: string, year: string): Promise<Volumes> {
  const [invitations, contacts] = [emptyFacts(invitationBins), emptyFacts(['contacts'])];
  const volumes = VolumeModel.find({ survey, month: { $gte: `${year}-01`, $lte: `${year}-12` } })
    .lean()
    .cursor({ batchSize: 2000 });
  for await (const volume of volumes) {
    const place = placeOf({ ...volume, mode: '' });
    if (volume.invited > 0) addFacts(invitations, place, fates(volume));
    const all = countAnswers(volume.contacts);
    if (all > 0) addFacts(contacts, place, { contacts: all });
  }
  return { invitations, contacts };
}

function fates({ invited, accepted, bounced, answered }: Volume): Record<string, number> {
  const reached = Math.max(accepted - bounced, answered);
  return { answered, open: reached - answered, undelivered: Math.max(invited - reached, 0) };
}
