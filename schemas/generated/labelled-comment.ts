/* Made from schemas/labelled-comment.schema.json by "npm run generate". Do not edit. */

/**
 * A comment and the personal data that a person found in it: one line of a file that redaction is measured with. Other properties (an id, a language) are passed over.
 */
export interface LabelledComment {
  text: string;
  /**
   * @maxItems 1000
   */
  spans: {
    start: number;
    /**
     * The first offset after the span.
     */
    end: number;
    /**
     * email, phone, iban, bsn or address (a Dutch postcode with a house number), or another usual name of one of these.
     */
    kind: string;
  }[];
  /**
   * In the comments of this project: in which round it was written (first, second, …). The finders were first tuned on the first round; every later one was written and measured before they were changed for it.
   */
  set?: string;
}
