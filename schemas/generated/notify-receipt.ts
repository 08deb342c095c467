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
  status:
    | 'created'
    | 'pending'
    | 'pending-virus-check'
    | 'sending'
    | 'sent'
    | 'accepted'
    | 'received'
    | 'delivered'
    | 'permanent-failure'
    | 'temporary-failure'
    | 'technical-failure'
    | 'validation-failed'
    | 'virus-scan-failed'
    | 'cancelled';
  /**
   * email, sms or letter.
   */
  notification_type?: string;
}
