import type { AnswerSchema, SurveyDefinition } from '../../../schemas/generated/survey-definition.ts';
import type { Fault } from '../../../schemas/validate.ts';
import { binsOf, type Scale, valueOfBin } from '../scales.ts';
import type { Outline, Part } from './outline.ts';

/**
 * What the publisher says of questions that were there before. Answers are added up over versions only where
 * the meaning is the same, so it must be said, and a scale that counts differently can't be the same.
 */
export function meaningFaults(outline: Outline, previous: SurveyDefinition | undefined): Fault[] {
  return outline.questions.flatMap((question) => {
    const before = previous?.properties[question.key];
    return before === undefined
      ? meaningOfNew(question)
      : meaningOfKnown(question, outline, previous!.survey.scales[before.question.scale]!);
  });
}

function meaningOfNew({ pointer, value }: Part<AnswerSchema>): Fault[] {
  if (value.question.meaning !== 'same') return [];
  const detail = 'the version before has no such question to be the same as';
  return [{ pointer: `${pointer}/question/meaning`, code: 'sameAsNothing', detail }];
}

function meaningOfKnown({ pointer, value }: Part<AnswerSchema>, { scales }: Outline, before: Scale): Fault[] {
  const { meaning, scale: name } = value.question;
  if (meaning === undefined) {
    const detail = 'the version before has this key: say whether its meaning is "same" or "new"';
    return [{ pointer: `${pointer}/question/meaning`, code: 'missingMeaning', detail }];
  }
  const scale = scales.find(({ key }) => key === name);
  if (meaning === 'new' || scale === undefined || countsAlike(scale.value, before)) return [];
  const detail = 'the scale has changed, so the meaning is not the same';
  return [{ pointer: `${pointer}/question/meaning`, code: 'changedScale', detail }];
}

/** The same bins with the same values. Words, bands and limits may change: they are applied when reading. */
function countsAlike(one: Scale, other: Scale): boolean {
  return one.kind === other.kind && countingOf(one) === countingOf(other);
}

function countingOf(scale: Scale): string {
  const bins = binsOf(scale).map((bin) => [bin, valueOfBin(scale, bin) ?? null]);
  return JSON.stringify(bins.sort());
}
