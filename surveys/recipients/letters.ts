import { CapModel } from './model.ts';

/** A letter that is about to go: its household, and the keyed hash of its reference. */
export interface NotedLetter {
  addressHash: string;
  letter: string;
}

/**
 * Notes with the caps of households which letter goes there, since one may come back when its invitation has ended and
 * knows no address any more. It is kept no longer than the cap; where there is none, nothing is noted.
 */
export async function noteLetters(letters: readonly NotedLetter[]): Promise<void> {
  if (letters.length === 0) return;
  await CapModel.bulkWrite(
    letters.map(({ addressHash: _id, letter }) => ({
      updateOne: { filter: { _id }, update: { $set: { letter } } },
    })),
    { ordered: false },
  );
}

/** The household that a letter went to, while its cap lasts. */
export async function householdOf(letter: string): Promise<string | undefined> {
  return (await CapModel.findOne({ letter }, { _id: 1 }).lean())?._id;
}

/** Forgets which letter went to a household. */
export async function forgetLetter({ addressHash: _id, letter }: NotedLetter): Promise<void> {
  await CapModel.updateOne({ _id, letter }, { $unset: { letter: 1 } });
}
