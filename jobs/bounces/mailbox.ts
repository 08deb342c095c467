/** What becomes of a mail of a mailbox: it has been dealt with, or it is left for people. */
export type Handled = 'delete' | 'leave';

/** The mailbox that undeliverable mail comes back to. */
export interface Mailbox {
  /**
   * Hands over the mails that were not seen before, oldest first; each is deleted, or marked as seen, once it was handled.
   * Rejects when the mailbox can't be reached, or with what the handling of a mail throws; that mail comes again.
   */
  readNew(handle: (raw: Uint8Array) => Promise<Handled>): Promise<void>;
}
