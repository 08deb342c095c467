export { type HistoricSummary, type ImportHistoricOptions, importHistoric } from './import-historic.ts';
export { closeOldImports, type HistoricImport } from './imports.ts';
export { undoImport } from './undo.ts';
