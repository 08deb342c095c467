export { type MigrateOptions, migrateStore, refuseNewerStore } from './migrate.ts';
export type { Migration } from './steps.ts';
