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
   * Design tokens: CSS custom properties and their values.
   */
  theme?: {
    [k: string]: string;
  };
}
