import type { Grid } from './axes.ts';

/** An entry as an arc. What flows into a node flows out of it: a total on one side, its parts on the other. */
export interface EntryArc {
  entry: number;
  from: number;
  to: number;
  /** It is the sum of other arcs. */
  total: boolean;
}

/**
 * A table as a network: its rows, columns and periods are nodes, its entries arcs. The entries can have exactly the
 * values of which every flow consists that fits the visible ones. Coarse arcs come first. The grand total is fixed.
 */
export interface Network {
  nodes: number;
  arcs: EntryArc[];
}

const source = 0;
const sink = 1;
const firstNode = 2;

/** A total and its parts. */
export function lineNetwork(members: Grid): Network {
  return {
    nodes: 2,
    arcs: members.entries.map((entry) => ({ entry, from: source, to: sink, total: false })),
  };
}

/** Source - rows - columns - sink; the totals are the outer arcs, the cells those in the middle. */
export function tableNetwork(rows: Grid, columns: Grid, cells: Grid): Network {
  const width = columns.entries.length;
  const rowNode = (row: number) => firstNode + row;
  const columnNode = (column: number) => firstNode + rows.entries.length + column;
  return {
    nodes: firstNode + rows.entries.length + width,
    arcs: [
      ...rows.entries.map((entry, row) => ({ entry, from: source, to: rowNode(row), total: true })),
      ...columns.entries.map((entry, column) => ({ entry, from: columnNode(column), to: sink, total: true })),
      ...cells.entries.map((entry, index) => ({
        entry,
        from: rowNode(Math.floor(index / width)),
        to: columnNode(index % width),
        total: false,
      })),
    ],
  };
}

/** Source - months - quarters - sink. */
export function calendarNetwork({ quarters, months }: { quarters: Grid; months: Grid }): Network {
  const parents = months.axes[0]!.parents!;
  return {
    nodes: firstNode + quarters.entries.length,
    arcs: [
      ...quarters.entries.map((entry, quarter) => ({
        entry,
        from: firstNode + quarter,
        to: sink,
        total: true,
      })),
      ...months.entries.map((entry, month) => ({
        entry,
        from: source,
        to: firstNode + parents[month]!,
        total: false,
      })),
    ],
  };
}

/** Source - rows - quarters of a row - (its months) - months - quarters - sink. */
export function periodNetwork(
  rows: Grid,
  calendar: { quarters: Grid; months: Grid },
  cells: { quarters: Grid; months: Grid },
): Network {
  const [height, width, length] = [
    rows.entries.length,
    calendar.quarters.entries.length,
    calendar.months.entries.length,
  ];
  const parents = calendar.months.axes[0]!.parents!;
  const rowNode = (row: number) => firstNode + row;
  const rowQuarterNode = (row: number, quarter: number) => firstNode + height + row * width + quarter;
  const monthNode = (month: number) => firstNode + height * (width + 1) + month;
  const quarterNode = (quarter: number) => firstNode + height * (width + 1) + length + quarter;
  return {
    nodes: quarterNode(width),
    arcs: [
      ...rows.entries.map((entry, row) => ({ entry, from: source, to: rowNode(row), total: true })),
      ...calendar.quarters.entries.map((entry, quarter) => ({
        entry,
        from: quarterNode(quarter),
        to: sink,
        total: true,
      })),
      ...cells.quarters.entries.map((entry, index) => {
        const [row, quarter] = [Math.floor(index / width), index % width];
        return { entry, from: rowNode(row), to: rowQuarterNode(row, quarter), total: true };
      }),
      ...calendar.months.entries.map((entry, month) => ({
        entry,
        from: monthNode(month),
        to: quarterNode(parents[month]!),
        total: true,
      })),
      ...cells.months.entries.map((entry, index) => {
        const [row, month] = [Math.floor(index / length), index % length];
        return { entry, from: rowQuarterNode(row, parents[month]!), to: monthNode(month), total: false };
      }),
    ],
  };
}
