/* Made from schemas/retention.schema.json by "npm run generate". Do not edit. */

/**
 * How long what leads to people, or to single answers, is kept. What is absent has its default. Months are calendar months in Europe/Amsterdam, counted from the end of the month.
 */
export interface Retention {
  /**
   * Months that single answers are kept after the month in which they were given. Their counts stay.
   */
  responseMonths?: number;
  /**
   * Months that invitations are kept after the month in which they were planned; longer while they can be answered.
   */
  invitationMonths?: number;
  /**
   * Months that the ledger of contacts is kept after the month of the contact; longer while the contact would not be too old to ask about.
   */
  contactMonths?: number;
  /**
   * Days that mails are kept in the local outbox.
   */
  outboxDays?: number;
}
