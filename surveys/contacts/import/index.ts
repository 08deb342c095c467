export type { Progress } from '../../files/progress.ts';
export type { ImportSummary } from '../../files/summary.ts';
export { type ImportContactsOptions, importContacts } from './import-contacts.ts';
