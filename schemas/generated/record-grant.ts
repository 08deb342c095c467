/* Made from schemas/record-grant.schema.json by "npm run generate". Do not edit. */

/**
 * Leave to export answers one by one, without comments: of which survey and months, for whom, what for, until when.
 */
export interface RecordGrant {
  survey: string;
  /**
   * First month.
   */
  from: string;
  /**
   * Last month. It must have ended.
   */
  to: string;
  /**
   * The team or organisation that gets them; no name of a person.
   */
  recipient: string;
  purpose: string;
  /**
   * Last day on which may be exported, at most 92 days from now.
   */
  endDate: string;
}
