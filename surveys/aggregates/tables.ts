import type { Fault } from '../../schemas/validate.ts';
import type { PeriodLevel } from './periods.ts';

/** What figures can be broken down by. `period` stands for the months, quarters and years of the calendar. */
export const dimensions = ['department', 'channel', 'product', 'stage', 'mode', 'period'] as const;
export type Dimension = (typeof dimensions)[number];

/** A property of the responses themselves. */
export type KeyDimension = Exclude<Dimension, 'period'>;
export const keyDimensions: KeyDimension[] = ['department', 'channel', 'product', 'stage', 'mode'];

/**
 * A table that a survey publishes, with its totals. Without `period` it is published per calendar year; with it,
 * per month, quarter and year.
 */
export interface ReleaseTable {
  by: Dimension[];
}

/** The default of surveys that follow a contact. */
export const contactTables: ReleaseTable[] = [
  { by: ['department', 'channel'] },
  { by: ['department', 'product'] },
  { by: ['product', 'stage'] },
  { by: ['department', 'period'] },
];

/** The default of quickscans and arenas, whose answers come in rounds and sessions: a few people of one department. */
export const roundTables: ReleaseTable[] = [{ by: ['department', 'period'] }];

/** The default of arenas: their sessions too, each told from others of its department and month as a product. */
export const arenaTables: ReleaseTable[] = [...roundTables, { by: ['product'] }];

/**
 * Faults of a declaration of tables; empty when figures can be kept safe. Each table has one or two different
 * dimensions, and the graph with the dimensions as nodes and the two-dimensional tables as edges is a forest: only
 * then does protecting each table protect all of them together (docs/decisions/0005-releases.md).
 */
export function checkTables(tables: ReleaseTable[]): Fault[] {
  const faults: Fault[] = [];
  const group = new Map<Dimension, Dimension>(dimensions.map((dimension) => [dimension, dimension]));
  const edges = new Set<string>();
  for (const [index, { by }] of tables.entries()) {
    const pointer = `/tables/${index}/by`;
    const [first, second] = by;
    if (first === undefined || by.length > 2 || first === second) {
      faults.push({ pointer, code: 'tableSize', detail: 'a table has one or two different dimensions' });
      continue;
    }
    if (second === undefined || edges.has(tableName(by))) continue;
    edges.add(tableName(by));
    if (group.get(first) === group.get(second)) {
      const detail = `${first} and ${second} are joined by other tables already: figures hidden in one table could be derived from the others`;
      faults.push({ pointer, code: 'tablesInACircle', detail });
    }
    const [joined, other] = [group.get(first), group.get(second)];
    for (const [dimension, name] of group) if (name === other) group.set(dimension, joined!);
  }
  return faults;
}

/** One name for a set of dimensions, whatever their order: `department,channel`; of none it is empty. */
export function tableName(by: Iterable<Dimension>): string {
  const set = new Set(by);
  return dimensions.filter((dimension) => set.has(dimension)).join(',');
}

/** Whether rows of these dimensions are part of a release at this level of the calendar. */
export function isReleased(tables: ReleaseTable[], by: Iterable<KeyDimension>, level: PeriodLevel): boolean {
  const wanted: Dimension[] = level === 'year' ? [...by] : [...by, 'period'];
  if (wanted.length === 0) return true;
  return tables.some((table) => wanted.every((dimension) => table.by.includes(dimension)));
}

/** The tables with those added that are not among them yet. */
export function unionOfTables(tables: ReleaseTable[], more: ReleaseTable[]): ReleaseTable[] {
  const names = new Set(tables.map(({ by }) => tableName(by)));
  return [...tables, ...more.filter(({ by }) => !names.has(tableName(by)))];
}
