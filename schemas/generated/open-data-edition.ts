/* Made from schemas/open-data-edition.schema.json by "npm run generate". Do not edit. */

/**
 * Which release to publish as open data, for good.
 */
export interface OpenDataRequest {
  /**
   * Key of a survey.
   */
  survey: string;
  /**
   * Number of a release; absent: the newest.
   */
  release?: number;
}
