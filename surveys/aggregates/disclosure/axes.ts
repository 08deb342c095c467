import type { Place } from '../facts.ts';
import { monthsToDecember, quarterOf } from '../periods.ts';
import { type KeyDimension, keyDimensions } from '../tables.ts';

/** What entries are broken down by: the values of a dimension, or the quarters or months of a year. */
export interface Axis {
  dimension: KeyDimension | 'quarter' | 'month';
  values: string[];
  indexOf(place: Place): number;
  /** For months: the position of each one's quarter. */
  parents?: number[];
}

/** The entries of all combinations of the values of up to two axes, row-major, as positions. */
export interface Grid {
  axes: Axis[];
  entries: number[];
}

/** The keys that occur in a year, and its first month with answers. */
export interface Occurring {
  keys: Record<KeyDimension, ReadonlySet<string>>;
  firstMonth: string | undefined;
}

/** What occurs in these places, or did before. */
export function occurringIn(places: Iterable<Place>, before?: Occurring): Occurring {
  const { department, channel, product, stage, mode } = before?.keys ?? {};
  const keys = {
    department: new Set(department),
    channel: new Set(channel),
    product: new Set(product),
    stage: new Set(stage),
    mode: new Set(mode),
  };
  let firstMonth = before?.firstMonth;
  for (const place of places) {
    for (const dimension of keyDimensions) keys[dimension].add(place[dimension]);
    if (firstMonth === undefined || place.month < firstMonth) firstMonth = place.month;
  }
  return { keys, firstMonth };
}

export function sameOccurring(a: Occurring, b: Occurring): boolean {
  const same = (dimension: KeyDimension) =>
    a.keys[dimension].size === b.keys[dimension].size &&
    [...a.keys[dimension]].every((key) => b.keys[dimension].has(key));
  return a.firstMonth === b.firstMonth && keyDimensions.every(same);
}

/** The months from the first that occurs to December of its year; none without answers. */
export function calendarOf({ firstMonth }: Occurring): string[] {
  return firstMonth === undefined ? [] : monthsToDecember(firstMonth);
}

export function keyAxis(dimension: KeyDimension, { keys }: Occurring): Axis {
  const values = [...keys[dimension]].sort();
  const position = positions(values);
  return { dimension, values, indexOf: (place) => position.get(place[dimension])! };
}

export function quarterAxis(months: string[]): Axis {
  const values = [...new Set(months.map(quarterOf))];
  const position = positions(values);
  return { dimension: 'quarter', values, indexOf: ({ month }) => position.get(quarterOf(month))! };
}

export function monthAxis(months: string[]): Axis {
  const [position, quarters] = [positions(months), quarterAxis(months).values];
  return {
    dimension: 'month',
    values: months,
    indexOf: ({ month }) => position.get(month)!,
    parents: months.map((month) => quarters.indexOf(quarterOf(month))),
  };
}

function positions(values: string[]): Map<string, number> {
  return new Map(values.map((value, index) => [value, index]));
}
