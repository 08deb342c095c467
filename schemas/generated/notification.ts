/* Made from schemas/notification.schema.json by "npm run generate". Do not edit. */

/**
 * A message of the Notificaties API 1.0, as a subscriber gets it.
 */
export interface Notification {
  /**
   * The notification channel, for instance klantcontacten.
   */
  kanaal: string;
  hoofdObject: string;
  resource: string;
  resourceUrl: string;
  /**
   * create, update, partial_update or destroy.
   */
  actie: string;
  aanmaakdatum: string;
  kenmerken?: {};
}
