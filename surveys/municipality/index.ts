export * from './directory.ts';
export * from './directory-changes.ts';
export * from './directory-import.ts';
export { type DirectoryKind, directoryKinds, type ListedEntry } from './directory-model.ts';
export * from './holidays.ts';
export * from './municipality.ts';
