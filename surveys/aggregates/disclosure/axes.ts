import type { Place } from '../facts.ts';
import { monthsToDecember, quarterOf } from '../periods.ts';
import type { KeyDimension } from '../tables.ts';

/** What entries are broken down by: the values of a dimension, or the quarters or months of a year. */
export interface Axis {
  dimension: KeyDimension | 'quarter' | 'month';
  values: string[];
  indexOf(place: Place): number;
  /** For months: the position of each one's quarter. */
  parents?: number[];
}

/** The months from the first that occurs to December of its year; none without places. */
export function calendarOf(places: Place[]): string[] {
  let first: string | undefined;
  for (const { month } of places) if (first === undefined || month < first) first = month;
  return first === undefined ? [] : monthsToDecember(first);
}

export function keyAxis(dimension: KeyDimension, places: Place[]): Axis {
  const values = [...new Set(places.map((place) => place[dimension]))].sort();
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
