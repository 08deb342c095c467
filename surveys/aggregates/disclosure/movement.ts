import type { Change } from './changes.ts';
import type { Layout } from './layout.ts';
import { pinnedEntries } from './protect.ts';

/** A row moves only when at least this many answers were added to every part that changed. */
const smallestMove = 5;

/** How entries would move from one release to the next. */
export interface Movement {
  /** 1 where anything changed in a place that the entry covers, even when its sum stays the same. */
  changed: Uint8Array;
  gates: number;
  /** Row-major: entry, gate. */
  added: Float64Array;
}

/** `gates`: groups of bins (as positions) that are counted. */
export function movementOf(layout: Layout, changes: Change[], gates: number[][]): Movement {
  const changed = new Uint8Array(layout.entries.length);
  const added = new Float64Array(layout.entries.length * gates.length);
  for (const { place, bins } of changes) {
    const moves = gates.map((gate) => gate.reduce((sum, bin) => sum + bins[bin]!, 0));
    for (const entry of layout.coverOf(place)) {
      changed[entry] = 1;
      for (const [gate, move] of moves.entries()) added[entry * gates.length + gate]! += move;
    }
  }
  return { changed, gates: gates.length, added };
}

/**
 * The entries whose changes may not show yet: those shown before and all hidden ones of a visible total together,
 * when they changed and fewer than five were added; and those hidden entries whose small change follows from the
 * differences between the two releases.
 */
export function tellingEntries(
  layout: Layout,
  movement: Movement,
  hidden: Uint8Array,
  visibleBefore: ReadonlySet<string>,
): Set<number> {
  const wasVisible = Uint8Array.from(layout.entries, ({ id }) => (visibleBefore.has(id) ? 1 : 0));
  const telling = new Set<number>();
  for (const entry of layout.entries.keys()) {
    if (wasVisible[entry] === 1 && isTelling([entry], movement)) telling.add(entry);
  }
  for (const { parent, members } of layout.lines) {
    if (wasVisible[parent] === 0) continue;
    const others = members.filter((member) => wasVisible[member] === 0);
    if (isTelling(others, movement)) for (const entry of others) telling.add(entry);
  }
  return telling.size > 0 ? telling : derivableChanges(layout, movement, hidden, wasVisible);
}

function isTelling(entries: number[], { changed, gates, added }: Movement): boolean {
  if (!entries.some((entry) => changed[entry] === 1)) return false;
  let moved = false;
  for (let gate = 0; gate < gates; gate++) {
    const sum = entries.reduce((total, entry) => total + added[entry * gates + gate]!, 0);
    if (sum !== 0 && sum < smallestMove) return true;
    moved ||= sum !== 0;
  }
  return !moved;
}

/** The differences between two releases are a table too; unknown in it is what was hidden in either. */
function derivableChanges(
  layout: Layout,
  { gates, added }: Movement,
  hidden: Uint8Array,
  wasVisible: Uint8Array,
): Set<number> {
  const unknown = Uint8Array.from(hidden, (isHidden, entry) =>
    isHidden === 1 || wasVisible[entry] === 0 ? 1 : 0,
  );
  const change = (entry: number, gate: number) => added[entry * gates + gate]!;
  const derivable = new Set<number>();
  for (const network of layout.networks) {
    const protection = {
      bands: gates,
      count: (entry: number, gate: number) => Math.max(change(entry, gate), 0),
      known: 0,
    };
    for (const { entry, band } of pinnedEntries(network, { hidden: unknown, protection })) {
      const size = Math.abs(change(entry, band));
      if (size > 0 && size < smallestMove) derivable.add(entry);
    }
  }
  return derivable;
}
