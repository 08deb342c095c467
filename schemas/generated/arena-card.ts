/* Made from schemas/arena-card.schema.json by "npm run generate". Do not edit. */

/**
 * What was said in a client arena, as the facilitator writes it on the board.
 */
export interface NewArenaCard {
  column: 'goesWell' | 'bottleneck' | 'wish';
  text: string;
}
