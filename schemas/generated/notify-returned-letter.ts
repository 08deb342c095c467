/* Made from schemas/notify-returned-letter.schema.json by "npm run generate". Do not edit. */

/**
 * Told by NotifyNL of a letter that came back. Only the reference is used.
 */
export interface NotifyReturnedLetter {
  notification_id: string;
  /**
   * What we gave with the letter; null for one that was not sent by the API.
   */
  reference: string | null;
  date_sent: string;
}
