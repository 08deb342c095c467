/* Made from surveys/catalog/client-arena-listener-before.json by "npm run generate". Do not edit. */

export interface ClientArenaListenerBefore {
  assumption?: string;
  guess?: number;
}
