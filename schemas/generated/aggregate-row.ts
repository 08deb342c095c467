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
   * Mean of the scored answers, to one decimal; absent when none is scored.
   */
  mean?: number;
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
   * Whether the target is reached, where that can be said.
   */
  verdict?: 'met' | 'notMet' | 'undecided';
  /**
   * Invitations, by month of invitation; absent where not known.
   */
  invited?: number;
  /**
   * From 0 to 1.
   */
  responseRate?: number;
}
