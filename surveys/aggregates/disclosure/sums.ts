import type { Facts } from '../facts.ts';
import type { Layout } from './layout.ts';

/** A matrix of counts: a row per entry of a layout, a column per bin, band or other measure. */
export interface Sums {
  width: number;
  values: Float64Array;
}

/** The answers per entry and bin: every place counts in each entry that covers it. */
export function sumFacts(layout: Layout, { bins, places, counts }: Facts): Sums {
  const width = bins.length;
  const values = new Float64Array(layout.entries.length * width);
  for (const [row, place] of places.entries()) {
    const start = row * width;
    for (const entry of layout.coverOf(place)) {
      for (let bin = 0; bin < width; bin++) values[entry * width + bin]! += counts[start + bin]!;
    }
  }
  return { width, values };
}

/** Adds up groups of columns, for instance bins to bands. */
export function groupColumns({ width, values }: Sums, groups: number[][]): Sums {
  const height = values.length / width;
  const grouped = new Float64Array(height * groups.length);
  for (let row = 0; row < height; row++) {
    for (const [group, columns] of groups.entries()) {
      for (const column of columns) grouped[row * groups.length + group]! += values[row * width + column]!;
    }
  }
  return { width: groups.length, values: grouped };
}

/** The sum of each row: answers per entry. */
export function rowTotals({ width, values }: Sums): Float64Array {
  return Float64Array.from({ length: width === 0 ? 0 : values.length / width }, (_, row) =>
    values.subarray(row * width, (row + 1) * width).reduce((sum, value) => sum + value, 0),
  );
}
