export type { Progress } from '../../files/progress.ts';
export { formatSummary, type ImportSummary } from '../../files/summary.ts';
export { type ImportContactsOptions, importContacts } from './import-contacts.ts';
export { checkMapping } from './mapping.ts';
