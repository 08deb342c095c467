/* Made from surveys/catalog/client-arena-listener-after.json by "npm run generate". Do not edit. */

export interface ClientArenaListenerAfter {
  surprise?: string;
  restraint?: number;
  ownAction?: string;
  systemAction?: string;
}
