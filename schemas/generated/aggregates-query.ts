/* Made from schemas/aggregates-query.schema.json by "npm run generate". Do not edit. */

export type Key = string;
/**
 * A month, for instance 2026-01.
 */
export type Month = string;

/**
 * The query of GET /v1/aggregates. Lists are separated by commas.
 */
export interface AggregatesQuery {
  survey: Key;
  /**
   * Question or derived score keys. Absent: overall.
   */
  question?: string;
  /**
   * Dimensions of the table. Absent: the total.
   */
  by?: string;
  period?: 'month' | 'quarter' | 'year';
  from?: Month;
  to?: Month;
  department?: Key;
  channel?: Key;
  product?: Key;
  stage?: Key;
  mode?: Key;
  /**
   * Number of a release. Absent: the newest.
   */
  release?: string;
}
