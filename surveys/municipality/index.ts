export * from './directory.ts';
export * from './municipality.ts';
