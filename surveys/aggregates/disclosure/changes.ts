import { type Facts, rowOf } from '../facts.ts';

/** A place whose counts differ from those released before. */
export interface Change {
  place: string;
  /** Difference per bin. */
  bins: Float64Array;
  /** The place did not occur in the release before. */
  isNew: boolean;
}

/** What changed from one state of facts to another. Both have the same bins. */
export function changesBetween(before: Facts, after: Facts): Change[] {
  const width = after.bins.length;
  const changes: Change[] = [];
  for (const place of new Set([...before.rows.keys(), ...after.rows.keys()])) {
    const [old, now] = [before.rows.get(place), after.rows.get(place)];
    const bins = new Float64Array(width);
    for (let bin = 0; bin < width; bin++) {
      bins[bin] = at(after, now, bin) - at(before, old, bin);
    }
    if (bins.some((difference) => difference !== 0)) changes.push({ place, bins, isNew: old === undefined });
  }
  return changes;
}

/** The facts before, with these changes made. */
export function applyChanges(before: Facts, changes: Change[]): Facts {
  const { bins } = before;
  const after: Facts = { bins, rows: new Map(before.rows), counts: before.counts.slice() };
  for (const { place, bins: differences } of changes) {
    const start = rowOf(after, place) * bins.length;
    for (const [bin, difference] of differences.entries()) after.counts[start + bin]! += difference;
  }
  return after;
}

function at({ bins, counts }: Facts, row: number | undefined, bin: number): number {
  return row === undefined ? 0 : counts[row * bins.length + bin]!;
}
