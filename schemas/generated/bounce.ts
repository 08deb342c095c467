/* Made from schemas/bounce.schema.json by "npm run generate". Do not edit. */

/**
 * What a mail server or a mail service says of one of our mails that it could not deliver (yet). No address is asked for: the mail is known by its Message-ID.
 */
export interface Bounce {
  /**
   * Message-ID of the returned mail, with or without angle brackets.
   */
  messageId: string;
  /**
   * As in RFC 3464, 2.3.3.
   */
  action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';
  /**
   * Enhanced status code (RFC 3463). 5 is for good, 4 for now.
   */
  status: string;
}
