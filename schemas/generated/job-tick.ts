/* Made from schemas/job-tick.schema.json by "npm run generate". Do not edit. */

/**
 * The payload of a job that finds all it needs in the store.
 */
export interface JobTick {}
