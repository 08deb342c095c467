/* Made from schemas/arena-session.schema.json by "npm run generate". Do not edit. */

/**
 * A client arena that is planned: clients tell, staff listen.
 */
export interface NewArenaSession {
  theme: string;
  department: string;
  /**
   * The day of the session.
   */
  date: string;
  place: string;
  /**
   * Who leads the talk.
   */
  facilitator: string;
  /**
   * Where the check two months later is mailed to. Sealed, and erased once it was.
   */
  facilitatorEmail: string;
}
