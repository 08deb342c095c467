import {
  type Band,
  bandsOf,
  binsOf,
  isDissatisfied,
  isSatisfied,
  type PublishedSurvey,
  ratesSatisfaction,
  type Scale,
  valueOfBin,
} from '../definitions/index.ts';

/** What a release needs to know of a question or derived score. */
export interface MeasuredQuestion {
  key: string;
  /** First version with this meaning: cells of earlier versions do not count. */
  since: number;
  bins: string[];
  /** The published distribution. Both sets below are unions of bands. */
  bands: Band[];
  /** Undefined for an answer that is not scored. */
  valueOf: (bin: string) => number | undefined;
  /** Absent where the scale does not say who is satisfied. */
  satisfied?: ReadonlySet<string>;
  dissatisfied?: ReadonlySet<string>;
  /** Decimals of a published mean; absent: one. */
  decimals?: number;
}

/** Of derived scores that add up to a total: it must not gather the rounding of its parts. */
const decimalsOfParts = 6;

/** The questions with the means of derived scores as exact as a total needs; only for what is released by group. */
export function withExactParts(
  questions: MeasuredQuestion[],
  { derived }: PublishedSurvey,
): MeasuredQuestion[] {
  const parts = new Set(derived.map(({ key }) => key));
  return questions.map((question) =>
    parts.has(question.key) ? { ...question, decimals: decimalsOfParts } : question,
  );
}

/** The highest value of the scale that "satisfied from this grade on" is about. */
const highestGrade = 10;

/**
 * The questions and derived scores of a survey that have figures; texts have none.
 * @param satisfiedFrom the survey's own threshold for grades from 1 to 10, where it has one
 */
export function measuredQuestions(survey: PublishedSurvey, satisfiedFrom?: number): MeasuredQuestion[] {
  return [...survey.questions, ...survey.derived]
    .filter(({ scale }) => scale.kind !== 'text')
    .map(({ key, since, scale }) => measured(key, since, scale, satisfiedFrom));
}

function measured(key: string, since: number, scale: Scale, satisfiedFrom?: number): MeasuredQuestion {
  const bins = binsOf(scale);
  const threshold = Number(bins.at(-1)) === highestGrade ? satisfiedFrom : undefined;
  return {
    key,
    since,
    bins,
    bands: bandsOf(scale, threshold),
    valueOf: (bin) => valueOfBin(scale, bin),
    ...(ratesSatisfaction(scale) && {
      satisfied: new Set(bins.filter((bin) => isSatisfied(scale, bin, threshold))),
      dissatisfied: new Set(bins.filter((bin) => isDissatisfied(scale, bin))),
    }),
  };
}
