import { type Facts, type Place, rowOf } from '../facts.ts';

/** A place whose counts differ from those released before. */
export interface Change {
  place: Place;
  /** Difference per bin. */
  bins: Float64Array;
}

/** What changed from one state of facts to another. Both have the same bins. */
export function changesBetween(before: Facts, after: Facts): Change[] {
  const width = after.bins.length;
  const changes: Change[] = [];
  const compare = (place: Place) => {
    const [old, now] = [before.rows.get(place.key), after.rows.get(place.key)];
    let bins: Float64Array | undefined;
    for (let bin = 0; bin < width; bin++) {
      const difference = at(after, now, bin) - at(before, old, bin);
      if (difference === 0) continue;
      bins ??= new Float64Array(width);
      bins[bin] = difference;
    }
    if (bins) changes.push({ place, bins });
  };
  for (const place of before.places) compare(place);
  for (const place of after.places) if (!before.rows.has(place.key)) compare(place);
  return changes;
}

/** The facts before, with these changes made. */
export function applyChanges(before: Facts, changes: Change[]): Facts {
  const { bins } = before;
  const { places, rows, counts } = before;
  const after: Facts = { bins, places: [...places], rows: new Map(rows), counts: counts.slice() };
  for (const { place, bins: differences } of changes) {
    const start = rowOf(after, place) * bins.length;
    for (const [bin, difference] of differences.entries()) after.counts[start + bin]! += difference;
  }
  return after;
}

function at({ bins, counts }: Facts, row: number | undefined, bin: number): number {
  return row === undefined ? 0 : counts[row * bins.length + bin]!;
}
