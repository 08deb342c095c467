/* Made from schemas/job-release.schema.json by "npm run generate". Do not edit. */

/**
 * The payload of the job that makes a release.
 */
export interface JobRelease {
  /**
   * Key of the survey.
   */
  survey: string;
}
