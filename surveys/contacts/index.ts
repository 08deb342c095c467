export { ContactModel, type LedgerEntry, type SkipReason, skipReasons } from './model.ts';
export { type ContactResult, type RecordOptions, recordContacts } from './record.ts';
export { createRehearsal, type Rehearsal } from './rehearsal.ts';
export { type ContactStatus, contactStatus, eraseContact } from './status.ts';
