import type { Place } from '../facts.ts';
import { type PeriodLevel, yearOf } from '../periods.ts';
import { type KeyDimension, type ReleaseTable, tableName } from '../tables.ts';
import { type Axis, calendarOf, type Grid, keyAxis, monthAxis, type Occurring, quarterAxis } from './axes.ts';
import { calendarNetwork, lineNetwork, type Network, periodNetwork, tableNetwork } from './networks.ts';

/** One row that a release publishes or hides: a combination of keys in a period. */
export interface Entry {
  /** Stable over releases. */
  id: string;
  /** `tableName` of its keys. */
  table: string;
  keys: Partial<Record<KeyDimension, string>>;
  level: PeriodLevel;
  period: string;
}

/** A total and the parts that add up to it, as positions of entries. */
export interface Line {
  parent: number;
  members: number[];
}

/** All that is published about one question in one calendar year, and how it adds up. */
export interface Layout {
  entries: Entry[];
  /** Every way in which an entry is the sum of others. */
  lines: Line[];
  /** The tables as networks; every entry but the grand total is an arc in at least one. */
  networks: Network[];
  /** The positions of the entries in which a place counts. */
  coverOf(place: Place): number[];
}

/**
 * The entries of the declared tables over one calendar year. All combinations of keys that occur are
 * entries, also those without answers. The periods are those from the first month that occurs to December, so that
 * months yet to come are empty entries from the start.
 */
export function layOut(tables: ReleaseTable[], occurring: Occurring): Layout {
  const months = calendarOf(occurring);
  const layout: Layout & { grids: Grid[] } = { entries: [], lines: [], networks: [], grids: [], coverOf };
  const { lines, networks, grids } = layout;
  if (months.length === 0) return layout;

  function coverOf(place: Place): number[] {
    return grids.map(({ axes: [first, second], entries }) => {
      const row = first?.indexOf(place) ?? 0;
      return entries[second ? row * second.values.length + second.indexOf(place) : row]!;
    });
  }
  const grid = (...axes: Axis[]) => addGrid(layout.entries, grids, axes, yearOf(months[0]!));
  const total = grid();
  const totals = new Map<KeyDimension, Grid>();
  const [quarters, monthsOfYear] = [quarterAxis(months), monthAxis(months)];
  const pairs = distinctPairs(tables);
  const paired = new Set(pairs.flat());
  const used = new Set(tables.flatMap(({ by }) => by));

  for (const dimension of used) {
    if (dimension === 'period') continue;
    const members = grid(keyAxis(dimension, occurring));
    totals.set(dimension, members);
    lines.push(...linesOf(total, members));
    if (!paired.has(dimension)) networks.push(lineNetwork(members));
  }
  const calendar = used.has('period') && { quarters: grid(quarters), months: grid(monthsOfYear) };
  if (calendar) {
    lines.push(...linesOf(total, calendar.quarters), ...monthLines(calendar.quarters, calendar.months));
    if (!paired.has('period')) networks.push(calendarNetwork(calendar));
  }
  for (const pair of pairs) {
    const [rows, columns] = pair
      .filter((dimension) => dimension !== 'period')
      .map((dimension) => totals.get(dimension)!) as [Grid, Grid?];
    if (columns) {
      const cells = grid(rows.axes[0]!, columns.axes[0]!);
      lines.push(...rowLines(rows, cells), ...columnLines(columns, cells));
      networks.push(tableNetwork(rows, columns, cells));
    } else if (calendar) {
      const cells = { quarters: grid(rows.axes[0]!, quarters), months: grid(rows.axes[0]!, monthsOfYear) };
      lines.push(...rowLines(rows, cells.quarters), ...columnLines(calendar.quarters, cells.quarters));
      lines.push(...monthLines(cells.quarters, cells.months), ...columnLines(calendar.months, cells.months));
      networks.push(periodNetwork(rows, calendar, cells));
    }
  }
  return layout;
}

function addGrid(entries: Entry[], grids: Grid[], axes: Axis[], year: string): Grid {
  const combinations = axes.reduce<string[][]>(
    (all, axis) => all.flatMap((values) => axis.values.map((value) => [...values, value])),
    [[]],
  );
  const made = combinations.map((values) => {
    const keys: Entry['keys'] = {};
    let [period, level]: [string, PeriodLevel] = [year, 'year'];
    for (const [index, { dimension }] of axes.entries()) {
      const value = values[index]!;
      if (dimension === 'quarter' || dimension === 'month') [period, level] = [value, dimension];
      else keys[dimension] = value;
    }
    const table = tableName(Object.keys(keys) as KeyDimension[]);
    return entries.push({ id: [table, ...values, year].join('|'), table, keys, level, period }) - 1;
  });
  const grid = { axes, entries: made };
  grids.push(grid);
  return grid;
}

function distinctPairs(tables: ReleaseTable[]): ReleaseTable['by'][] {
  return [
    ...new Map(tables.filter(({ by }) => by.length === 2).map(({ by }) => [tableName(by), by])).values(),
  ];
}

function linesOf(total: Grid, members: Grid): Line[] {
  return [{ parent: total.entries[0]!, members: members.entries }];
}

function rowLines(rows: Grid, cells: Grid): Line[] {
  const width = cells.axes[1]!.values.length;
  return rows.entries.map((parent, row) => ({
    parent,
    members: cells.entries.slice(row * width, (row + 1) * width),
  }));
}

function columnLines(columns: Grid, cells: Grid): Line[] {
  const width = columns.entries.length;
  return columns.entries.map((parent, column) => ({
    parent,
    members: cells.entries.filter((_, index) => index % width === column),
  }));
}

/** Each quarter of a grid as the sum of its months. */
function monthLines(quarters: Grid, months: Grid): Line[] {
  const [axis, width] = [months.axes.at(-1)!, quarters.axes.at(-1)!.values.length];
  return quarters.entries.map((parent, index) => ({
    parent,
    members: axis.values.flatMap((_, month) =>
      axis.parents![month] === index % width
        ? [months.entries[Math.floor(index / width) * axis.values.length + month]!]
        : [],
    ),
  }));
}
