/* Made from surveys/catalog/client-arena-participant-after.json by "npm run generate". Do not edit. */

export interface ClientArenaParticipantAfter {
  safety?: number;
  heard?: number;
  followUp?: number;
  again?: 'no' | 'maybe' | 'yes';
}
