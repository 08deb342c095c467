import type { Layout } from './layout.ts';
import { grandTotal, pinnedEntries } from './protect.ts';
import type { Sums } from './sums.ts';

/** Two releases of the same layout: counts per entry and band, and which entries show. */
export interface Succession {
  before: Sums;
  now: Sums;
  hidden: Uint8Array;
  /** Ids of the entries that the release before had, and of those it showed: what is new to the tables was hidden by nobody. */
  existedBefore: ReadonlySet<string>;
  visibleBefore: ReadonlySet<string>;
}

/**
 * The entries that were hidden before and would show now, though what was added to them follows from what is shown both
 * times: who takes it off their number has the number that was hidden. Where nothing was added, that is the
 * number which is shown now, and tells nothing more.
 *
 * What was added is a table too. An added number that is unknown can shrink while it is positive; in an entry that shows
 * now it can grow only while the number before is positive, since it takes from that one.
 */
export function revealedEntries(
  layout: Layout,
  { before, now, hidden, existedBefore, visibleBefore }: Succession,
): Set<number> {
  const { width } = before;
  const wasVisible = Uint8Array.from(layout.entries, ({ id }) => (visibleBefore.has(id) ? 1 : 0));
  const existed = Uint8Array.from(layout.entries, ({ id }) => (existedBefore.has(id) ? 1 : 0));
  const isNew = (entry: number) => existed[entry] === 1 && wasVisible[entry] === 0 && hidden[entry] === 0;
  const revealed = new Set<number>();
  if (wasVisible[grandTotal] === 0) return revealed;
  const networks = layout.networks.filter(({ arcs }) => arcs.some(({ entry }) => isNew(entry)));
  for (let band = 0; band < width; band++) {
    const old = (entry: number) => before.values[entry * width + band]!;
    const added = (entry: number) => now.values[entry * width + band]! - old(entry);
    const followed = new Set<number>();
    const unknown = Uint8Array.from(hidden, (_, entry) => {
      if (wasVisible[entry] === 1) return 0;
      if (!isNew(entry)) return existed[entry]! | hidden[entry]!;
      if (old(entry) > 0) return 1;
      followed.add(entry);
      return 0;
    });
    const protection = { bands: 1, count: (entry: number) => Math.max(added(entry), 0), known: 0 };
    for (const network of networks) {
      for (const { entry } of pinnedEntries(network, { hidden: unknown, protection })) followed.add(entry);
    }
    for (const entry of followed) if (isNew(entry) && added(entry) !== 0) revealed.add(entry);
  }
  return revealed;
}
