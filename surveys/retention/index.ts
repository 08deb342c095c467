export { eraseOld } from './erase-old.ts';
export type { Erased } from './run.ts';
export * from './settings.ts';
