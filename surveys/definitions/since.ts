import type { SurveyDefinition } from '../../schemas/generated/survey-definition.ts';
import type { PublishedSurvey, Since } from './published-survey.ts';

/**
 * The first version of the current meaning, per question and derived score of the version to come. A question
 * keeps it where the publisher says "same"; a derived score where it is made in the same way of such questions.
 */
export function sinceOf(
  definition: SurveyDefinition,
  version: number,
  previous: PublishedSurvey | undefined,
): Since {
  const since: Since = {};
  for (const [key, { question }] of Object.entries(definition.properties)) {
    const before = previous?.questions.find((one) => one.key === key);
    since[key] = before && question.meaning === 'same' ? before.since : version;
  }
  for (const { key, from, minAnswered } of definition.survey.derived ?? []) {
    const before = previous?.derived.find((one) => one.key === key);
    const unchanged =
      before !== undefined &&
      before.minAnswered === minAnswered &&
      JSON.stringify([...before.from].sort()) === JSON.stringify([...from].sort()) &&
      from.every((question) => since[question] !== version);
    since[key] = unchanged ? before.since : version;
  }
  return since;
}
