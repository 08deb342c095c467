/* Made from schemas/municipality.schema.json by "npm run generate". Do not edit. */

/**
 * The municipality that this installation serves: what residents see of it on pages and in mails.
 */
export interface Municipality {
  /**
   * For example: Gemeente Voorbeeld.
   */
  name: string;
  /**
   * The name that mails are sent under.
   */
  senderName: string;
  contact: {
    email: string;
    phone: string;
    address?: string;
    url?: string;
  };
  privacyStatementUrl: string;
  /**
   * An image as a data URI: pages ask nothing of other servers.
   */
  logo?: {
    image: string;
    text: string;
  };
  /**
   * Turns open data on: the page /open-data and the editions that are published. Absent: off.
   */
  openData?: {
    /**
     * URI of the municipality in the register of government organisations (TOOI), for example https://identifier.overheid.nl/tooi/id/gemeente/gm0034.
     */
    publisher: string;
    /**
     * URI of the licence: no rights reserved (CC0), or to be named as the source (CC BY 4.0).
     */
    licence:
      | 'http://creativecommons.org/publicdomain/zero/1.0/deed.nl'
      | 'http://creativecommons.org/licenses/by/4.0/deed.nl';
  };
  /**
   * The languages that residents are offered besides Dutch and English. Their texts are drafts made by a machine until somebody who speaks the language has read them.
   */
  languages?: ('tr' | 'ar' | 'pl' | 'uk')[];
  /**
   * The days on which the town hall is closed and no mail goes out, besides weekends. Absent: all of these except Good Friday and 5 May in years that 5 does not divide.
   */
  holidays?: (
    | 'newYearsDay'
    | 'goodFriday'
    | 'easterMonday'
    | 'kingsDay'
    | 'liberationDay'
    | 'liberationDayLustrum'
    | 'ascensionDay'
    | 'whitMonday'
    | 'christmasDay'
    | 'boxingDay'
  )[];
  /**
   * What comments can be marked as being about. Absent: waiting, being reachable, clear explanation and so on.
   *
   * @minItems 1
   * @maxItems 50
   */
  themes?: [
    {
      key: string;
      names: {
        nl: string;
        en?: string;
      };
    },
    ...{
      key: string;
      names: {
        nl: string;
        en?: string;
      };
    }[]
  ];
  /**
   * Design tokens: CSS custom properties and their values.
   */
  theme?: {
    [k: string]: string;
  };
}
