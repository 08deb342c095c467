/* Made from schemas/round.schema.json by "npm run generate". Do not edit. */

/**
 * What a coordinator says to open a quickscan round.
 */
export interface NewRound {
  department: string;
  /**
   * First day, in Europe/Amsterdam.
   */
  startDate: string;
  /**
   * Last day, in Europe/Amsterdam.
   */
  endDate: string;
  /**
   * Who gets one mail with the link. Empty: the link is handed out in another way.
   *
   * @maxItems 2000
   */
  addresses: string[];
}
