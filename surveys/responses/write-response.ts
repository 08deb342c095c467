import { mongo } from 'mongoose';
import { cellKey } from '../aggregates/keys.ts';
import { type Answers, derive, type PublishedSurvey } from '../definitions/index.ts';
import { problem } from '../problems.ts';
import { cleanAnswers, withoutEmpty } from './clean-answers.ts';
import { type Response, ResponseModel } from './model.ts';

/** What became of posted answers. */
export interface Submitted {
  /** As stored: redacted. */
  answers: Answers;
  /** Earlier answers through the same link were replaced. */
  replaced: boolean;
}

/** Where and how answers were given. */
export type Place = Omit<
  Response,
  '_id' | 'cell' | 'answers' | 'derived' | 'rev' | 'dirty' | 'deleted' | 'flagged' | 'themes'
>;

/** An empty product or stage is none. */
type Given = Pick<Place, 'department' | 'channel' | 'mode' | 'month'> & {
  product?: string | undefined;
  stage?: string | undefined;
};

/** Where and how somebody answered, by what is known of the contact, the invitation or the link. */
export function placeIn(
  { key, version }: Pick<PublishedSurvey, 'key' | 'version'>,
  { department, channel, product, stage, mode, month }: Given,
): Place {
  return {
    survey: key,
    version,
    department,
    channel,
    ...(product && { product }),
    ...(stage && { stage }),
    mode,
    month,
  };
}

/** Answers as they are stored. @throws Problem `invalidAnswers` with all faults at once, pointers into `answers` */
export function checkedAnswers(survey: PublishedSurvey, channel: string, answers: object): Answers {
  const given = withoutEmpty(answers);
  const faults = survey.validateAnswers(given, channel);
  if (faults.length > 0) throw problem('invalidAnswers', { faults });
  return cleanAnswers(survey, given as Answers);
}

/**
 * Stores answers under an id, or replaces those that are there. Where a response counts, and whether it does, is
 * written once: its cell would otherwise lose it unnoticed.
 * @returns whether there was a response to replace
 */
export async function writeResponse(
  _id: string,
  {
    place,
    survey,
    answers,
    flagged = false,
  }: { place: Place; survey: PublishedSurvey; answers: Answers; flagged?: boolean },
): Promise<boolean> {
  const update = {
    $set: { answers, derived: derive(survey, answers), dirty: true },
    $unset: { deleted: 1 as const, themes: 1 as const },
    $inc: { rev: 1 },
    $setOnInsert: { ...place, cell: cellKey(place), ...(flagged && { flagged }) },
  };
  const write = () => ResponseModel.updateOne({ _id }, update, { upsert: true });
  try {
    return (await write()).matchedCount > 0;
  } catch (error) {
    if (!(error instanceof mongo.MongoServerError && error.code === 11000)) throw error;
    return (await write()).matchedCount > 0;
  }
}

/** Empties a response at once; a tombstone stays until its cell was recounted. Nothing there is no fault. */
export async function eraseAnswers(_id: string): Promise<void> {
  await ResponseModel.updateOne(
    { _id, deleted: { $ne: true } },
    {
      $set: { answers: {}, derived: {}, deleted: true, dirty: true },
      $unset: { themes: 1 },
      $inc: { rev: 1 },
    },
  );
}
