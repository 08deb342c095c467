/* Made from schemas/notify-receipt.schema.json by "npm run generate". Do not edit. */

/**
 * A delivery receipt of NotifyNL. Only reference and status are used; the address in it is not kept.
 */
export interface NotifyReceipt {
  id?: string;
  /**
   * What we gave with the message: the local part of its Message-ID.
   */
  reference: string | null;
  status: 'delivered' | 'permanent-failure' | 'temporary-failure' | 'technical-failure';
  notification_type?: string;
}
