/* Made from schemas/aggregate-row.schema.json by "npm run generate". Do not edit. */

/**
 * One row of a released table. The dimensions it is broken down by are given; null stands for contacts that name none. A suppressed row has no figures: they could give somebody away.
 */
export interface AggregateRow {
  department?: string | null;
  channel?: string | null;
  product?: string | null;
  stage?: string | null;
  mode?: string | null;
  /**
   * A month (2026-03), quarter (2026-Q1) or year (2026).
   */
  period?: string;
  question: string;
  /**
   * indicative: fewer than 30 answers.
   */
  status: 'published' | 'indicative' | 'suppressed';
  /**
   * Answers to the question.
   */
  responses?: number;
  /**
   * Mean of the scored answers, to one decimal (derived scores of quickscans to six, since they are added up); absent when none is scored.
   */
  mean?: number;
  /**
   * 95 % interval of the mean by Student's t, to two decimals. Where answers are published in bands it rests on the largest spread that fits them.
   *
   * @minItems 2
   * @maxItems 2
   */
  meanInterval?: [number, number];
  /**
   * Key of the band that holds the middle one of the scored answers.
   */
  median?: string;
  /**
   * From 0 to 1.
   */
  satisfied?: number;
  /**
   * Wilson 95 % interval of the share satisfied.
   *
   * @minItems 2
   * @maxItems 2
   *
   * Items: From 0 to 1.
   */
  satisfiedInterval?: [number, number];
  /**
   * From 0 to 1.
   */
  dissatisfied?: number;
  /**
   * Answers per band of the scale.
   */
  distribution?: {
    [k: string]: number;
  };
  /**
   * The share of satisfied respondents to reach: of the product, else of the department, else of the survey.
   */
  target?: number;
  /**
   * Whether the target is reached, where that can be said.
   */
  verdict?: 'met' | 'notMet' | 'undecided';
  /**
   * Contacts, invited or not, by month of contact, rounded to tens; absent where not known.
   */
  contacts?: number;
  /**
   * Of the invited, those whose mail a mail server accepted and that did not come back, rounded to tens. Whether a mail was opened is not watched.
   */
  delivered?: number;
  /**
   * Invitations, by month of invitation; absent where not known.
   */
  invited?: number;
  /**
   * Of the invited, those who answered and did not withdraw that. Answers that were gathered elsewhere are not among them.
   */
  answered?: number;
  /**
   * Answered over delivered as published (in tens), from 0 to 1.
   */
  responseRate?: number;
  /**
   * AAPOR RR1: answered over all invited, also those whose mail came back. From 0 to 1.
   */
  responseRate1?: number;
  /**
   * With compare=previous: what changed since the period of equal length before. For the share of satisfied where the scale knows it, and for the mean.
   */
  change?: {
    /**
     * The period before.
     */
    since: string;
    satisfied?: FigureDifference;
    mean: FigureDifference;
  };
}
/**
 * The figure less the one before. Without numbers where one of them is hidden or missing.
 */
export interface FigureDifference {
  /**
   * The figure of the period before.
   */
  before?: number;
  difference?: number;
  /**
   * 95 % interval of the difference: Newcombe's hybrid score interval for shares, Welch's t for means.
   *
   * @minItems 2
   * @maxItems 2
   */
  interval?: [number, number];
  /**
   * By Holm over all rows of the question in this answer: the chance that any better or worse among them is wrong is at most 5 %.
   */
  verdict: 'better' | 'worse' | 'noClearChange' | 'cannotBeSaidYet';
}
