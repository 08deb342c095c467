export { imapMailbox } from './imap-mailbox.ts';
export type { Mailbox } from './mailbox.ts';
export { type BounceCounts, readBounces } from './read-bounces.ts';
export { recordReceipt, recordReturnedLetter } from './record-receipt.ts';
export { recordReport } from './record-report.ts';
