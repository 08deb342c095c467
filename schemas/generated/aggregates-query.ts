/* Made from schemas/aggregates-query.schema.json by "npm run generate". Do not edit. */

/**
 * The query of GET /v1/aggregates. Lists are separated by commas.
 */
export interface AggregatesQuery {
  /**
   * key of a survey
   */
  survey: string;
  /**
   * keys of questions or derived scores; default overall
   */
  question?: string;
  /**
   * dimensions of the table: department, channel, product, stage, mode, period; default none, the total
   */
  by?: string;
  /**
   * length of a period
   */
  period?: 'month' | 'quarter' | 'year';
  /**
   * first month, for instance 2026-01
   */
  from?: string;
  /**
   * last month, for instance 2026-12
   */
  to?: string;
  /**
   * this department only
   */
  department?: string;
  /**
   * this channel only
   */
  channel?: string;
  /**
   * this product only
   */
  product?: string;
  /**
   * this stage only
   */
  stage?: string;
  /**
   * this way of answering only
   */
  mode?: string;
  /**
   * number of a release; default the newest
   */
  release?: string;
  /**
   * format of the answer, in place of the Accept header
   */
  format?: 'json' | 'csv' | 'csv-excel' | 'xlsx' | 'ndjson' | 'parquet' | 'spss' | 'csvw' | 'ggm';
  /**
   * language of the names, labels and notes in a file; default nl
   */
  lang?: 'nl' | 'en';
  /**
   * previous: what changed since the period of equal length before, in the same release
   */
  compare?: 'previous';
}
