/* Made from schemas/action.schema.json by "npm run generate". Do not edit. */

export type Key = string;

/**
 * An improvement that a department plans because of a signal.
 */
export interface NewAction {
  department: Key;
  product?: Key;
  signal: {
    /**
     * A weak statement of the quickscan, a low figure, a comment above the threshold, a bottleneck from an arena.
     */
    kind: 'statement' | 'cell' | 'comment' | 'bottleneck';
    /**
     * When it showed. The period that it is in is left out of the effect.
     */
    month: string;
    /**
     * What was seen, in own words.
     */
    about: string;
  };
  what: string;
  /**
   * Who sees to it.
   */
  owner: string;
  /**
   * The day by which it is done.
   */
  by: string;
  /**
   * The figure of this department that should move.
   */
  measure?: {
    survey: Key;
    question: string;
  };
}
