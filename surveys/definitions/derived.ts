import type { LocalisedText } from '../../schemas/generated/survey-definition.ts';
import type { DerivedScale } from './scales.ts';

/** A score computed once per response, in its own histogram: for instance an area of the quickscan. */
export interface Derived {
  key: string;
  title: LocalisedText;
  /** Keys of the questions it is the mean of. */
  from: string[];
  minAnswered: number;
  /** Points at the highest mean. The weights of one survey add up to 100. */
  weight: number;
  /** The highest value of its questions' scale. */
  maximum: number;
  /** What every mean of `minAnswered` to `from.length` whole answers can be written over. */
  denominator: number;
  /** First version in which the score has this meaning. */
  since: number;
  scale: DerivedScale;
}

export type Answer = string | number;
export type Answers = Record<string, Answer>;

/**
 * The derived scores of one answer set, as whole numerators: the mean answer is numerator / denominator.
 * A score is absent where fewer than `minAnswered` of its questions were answered.
 */
export function derive(survey: { derived: Derived[] }, answers: Answers): Record<string, number> {
  const scores: Record<string, number> = {};
  for (const { key, from, minAnswered, denominator } of survey.derived) {
    const given = from.map((question) => answers[question]).filter((answer) => typeof answer === 'number');
    if (given.length < minAnswered) continue;
    const sum = given.reduce((total, answer) => total + answer, 0);
    scores[key] = sum * (denominator / given.length);
  }
  return scores;
}

/** The least common multiple of all whole numbers from `from` to `to`. */
export function commonDenominator(from: number, to: number): number {
  let result = 1;
  for (let number = from; number <= to; number++)
    result = (result * number) / greatestCommonDivisor(result, number);
  return result;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
