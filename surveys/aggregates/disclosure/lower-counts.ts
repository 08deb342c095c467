import type { Layout } from './layout.ts';
import { pinnedEntries } from './protect.ts';
import type { Sums } from './sums.ts';

/**
 * The lower counts of the releases so far, where they are below the counts: by `lowerKey`. The lower count of a hidden
 * entry is what it counted at the release since which all its changes follow from what is shown. Who learns the
 * count, has that number too.
 */
export type LowerCounts = ReadonlyMap<string, number>;

/** `bins`: the positions of the bins that make the band. */
function lowerKey(id: string, bins: readonly number[]): string {
  return `${id} ${bins.join()}`;
}

/** Two releases of the same layout: counts per entry and band, and what the release before left open. */
export interface Succession {
  before: Sums;
  now: Sums;
  bands: number[][];
  /** Ids of the entries that the release before had: what is new to the tables was hidden by nobody. */
  existedBefore: ReadonlySet<string>;
  visibleBefore: ReadonlySet<string>;
  lowerBefore: LowerCounts;
}

/**
 * The lower count of each entry and band at this release, row-major. What was added to a hidden entry is _free_ when the
 * table of what was added, and that of what was there, can change against each other: the one gains what the other
 * loses, and no count of now moves. What was added can shrink while it is positive, and what was there
 * while its lower count is (docs/decisions/0005-releases.md). Where it is free, the count becomes the lower one;
 * otherwise that stays what it was. A count that fell leaves nothing that is certain.
 */
export function lowerCounts(layout: Layout, succession: Succession): Float64Array {
  const { before, now, existedBefore, visibleBefore } = succession;
  const { width } = now;
  const earlier = lowerCountsBefore(layout, succession);
  const added = now.values.map((count, at) => count - before.values[at]!);
  const wasHidden = Uint8Array.from(layout.entries, ({ id }) =>
    existedBefore.has(id) && !visibleBefore.has(id) ? 1 : 0,
  );
  const follows = new Uint8Array(added.length);
  const protection = {
    bands: width,
    count: (entry: number, band: number) => Math.max(added[entry * width + band]!, 0),
    grows: (entry: number, band: number) => earlier[entry * width + band]! > 0,
    known: 0,
  };
  for (const network of layout.networks) {
    for (const { entry, band } of pinnedEntries(network, { hidden: wasHidden, protection }))
      follows[entry * width + band] = 1;
  }
  return earlier.map((lower, at) => {
    if (added[at]! < 0) return 0;
    const isFree = added[at]! > 0 && wasHidden[Math.floor(at / width)] === 1 && follows[at] === 0;
    return isFree ? now.values[at]! : lower;
  });
}

function lowerCountsBefore({ entries }: Layout, { before, bands, lowerBefore }: Succession): Float64Array {
  const lower = before.values.slice();
  if (lowerBefore.size === 0) return lower;
  for (const [entry, { id }] of entries.entries()) {
    for (const [band, bins] of bands.entries()) {
      const kept = lowerBefore.get(lowerKey(id, bins));
      if (kept !== undefined) lower[entry * bands.length + band] = kept;
    }
  }
  return lower;
}

/** What the next release has to know of the lower counts of hidden entries. */
export function lowerCountsToKeep(
  { entries }: Layout,
  { hidden, lower, now, bands }: { hidden: Uint8Array; lower: Float64Array; now: Sums; bands: number[][] },
): LowerCounts {
  const kept = new Map<string, number>();
  for (const [entry, { id }] of entries.entries()) {
    if (hidden[entry] === 0) continue;
    for (const [band, bins] of bands.entries()) {
      const at = entry * now.width + band;
      if (lower[at]! < now.values[at]!) kept.set(lowerKey(id, bins), lower[at]!);
    }
  }
  return kept;
}
