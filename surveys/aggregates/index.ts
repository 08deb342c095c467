export type { AggregateRow } from '../../schemas/generated/aggregate-row.ts';
export { type Cell, CellModel, type Histogram, type Volume, VolumeModel } from './cells.ts';
export { type CellDifference, checkCells, countCells } from './check-cells.ts';
export type {
  ChangeVerdict,
  Difference,
  Mean,
  Share,
} from './comparisons.ts';
export { type Driver, type Drivers, driversOf } from './drivers/drivers.ts';
export { type CellValue, type Column, type FlatTable, flatTable } from './flat-table.ts';
export { lastDayOf } from './periods.ts';
export { createRelease } from './releases/create-release.ts';
export { findRelease, newestRelease, type Release } from './releases/models.ts';
export { type Aggregates, readAggregates, type Source } from './releases/read-aggregates.ts';
export { type CsvFlavour, toCsv } from './releases/to-csv.ts';
export { holdRollUps, type RolledUp, rollUp } from './roll-up.ts';
export { rollUpDue } from './roll-up-due.ts';
export { sealCells, sealName, sealVolumes, type VolumePart } from './seal.ts';
export {
  checkTables,
  contactTables,
  type Dimension,
  type KeyDimension,
  type ReleaseTable,
} from './tables.ts';
export { type WaitingMarks, waitingMarks } from './waiting-marks.ts';
