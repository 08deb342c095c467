/* Made from schemas/response.schema.json by "npm run generate". Do not edit. */

/**
 * An answer set gathered outside the resident's page: at a kiosk, by phone, on paper, or in an older system.
 */
export interface ResponseItem {
  /**
   * Key of a published survey.
   */
  survey: string;
  department: string;
  /**
   * How the contact went.
   */
  channel: string;
  /**
   * How the answers were given, for instance kiosk, phone, paper or web. Kept apart from the channel, because the mode itself moves the answers.
   */
  mode: string;
  product?: string;
  stage?: string;
  /**
   * The day of answering; only its month is kept. Absent: today.
   */
  answerDate?: string;
  /**
   * The answer's identifier where it comes from. Sent again, it has no second effect. Never stored.
   */
  externalId?: string;
  /**
   * Question key to answer, as the survey's own schema says. A question that was skipped is left out.
   */
  answers: {
    [k: string]: string | number;
  };
}
