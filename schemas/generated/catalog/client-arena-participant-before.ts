/* Made from surveys/catalog/client-arena-participant-before.json by "npm run generate". Do not edit. */

export interface ClientArenaParticipantBefore {
  expectation?: string;
  baseline?: number;
}
