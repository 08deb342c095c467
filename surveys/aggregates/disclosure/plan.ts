import type { Facts } from '../facts.ts';
import type { ReleaseTable } from '../tables.ts';
import { occurringIn, sameOccurring } from './axes.ts';
import { applyChanges, type Change, changesBetween } from './changes.ts';
import { type Entry, type Layout, layOut } from './layout.ts';
import { type LowerCounts, lowerCounts, lowerCountsToKeep } from './lower-counts.ts';
import { type Movement, movementOf, tellingEntries } from './movement.ts';
import { type Protected, protect } from './protect.ts';
import { groupColumns, rowTotals, type Sums, sumFacts } from './sums.ts';

/** What to release about one question in one calendar year. */
export interface PlanInput {
  tables: ReleaseTable[];
  floor: number;
  /** How many answers an attacker may know: one's own, and a colleague's. */
  known: number;
  /** What the answers are now. */
  facts: Facts;
  /** Groups of bins (as positions) whose counts are published. */
  bands: number[][];
  /** Groups of bins of which at least five must be added before what they count in is released again. */
  gates: number[][];
  /** Ids of the only entries that may be shown, whatever their size. Default: all. */
  mayShow?: ReadonlySet<string>;
  previous?: PreviousPlan;
}

/** The release before, of the same question and year. */
export interface PreviousPlan {
  facts: Facts;
  /** Ids of the entries that were published. */
  visible: ReadonlySet<string>;
  lower: LowerCounts;
}

export interface Plan {
  entries: Entry[];
  /** 1 per entry that stays hidden, else 0. */
  hidden: Uint8Array;
  /** The answers that count in this release: all, but for those held back. */
  facts: Facts;
  /** Answers per entry and bin. */
  sums: Sums;
  /** What the next release has to know of this one and those before. */
  lower: LowerCounts;
}

/**
 * Decides which entries to show, and which changes since the release before to hold back, so that neither this
 * release, nor the one before, nor their difference tells a hidden count.
 *
 * All entries of a release count the same answers, so they add up. A change that may not show yet, because it is
 * smaller than five answers in something visible or would let a hidden entry follow, is left out everywhere, and waits
 * for more. In the worst case all changes wait, and the release before stays as it is. What was hidden before shows only
 * when that does not tell what it was then.
 */
export function planRelease(input: PlanInput): Plan {
  const { previous } = input;
  if (!previous || previous.visible.size === 0) return firstPlan(input);
  const base = occurringIn(previous.facts.places);
  const occurringWith = (some: Change[]) =>
    occurringIn(
      some.map(({ place }) => place),
      base,
    );
  let changes = changesBetween(previous.facts, input.facts);
  let occurring = occurringWith(changes);
  let layout = layOut(input.tables, occurring);
  let before = sumFacts(layout, previous.facts);
  const existedBefore = new Set(layOut(input.tables, base).entries.map(({ id }) => id));
  for (;;) {
    const decided = decide(input, previous, layout, changes, { before, existedBefore });
    const held = entriesToHold(layout, decided, previous, movementOf(layout, changes, input.gates));
    if (held === undefined) {
      const { hidden, sums, lower } = decided;
      return { entries: layout.entries, hidden, sums, lower, facts: applyChanges(previous.facts, changes) };
    }
    if (changes.length === 0) return firstPlan(input, previous.facts);
    const kept = changes.filter(({ place }) => !layout.coverOf(place).some((entry) => held.has(entry)));
    changes = kept.length < changes.length ? kept : [];
    const occurringNow = occurringWith(changes);
    if (sameOccurring(occurring, occurringNow)) continue;
    occurring = occurringNow;
    layout = layOut(input.tables, occurring);
    before = sumFacts(layout, previous.facts);
  }
}

/** The entries whose changes have to wait; undefined when the release may be made like this. */
function entriesToHold(
  layout: Layout,
  { hidden, stuck }: Protected,
  { visible }: PreviousPlan,
  movement: Movement,
): Set<number> | undefined {
  const telling = tellingEntries(layout, movement, hidden, visible);
  if (telling.size > 0) return telling;
  if (stuck.length === 0) return undefined;
  const changed = stuck.filter((entry) => movement.changed[entry] === 1);
  if (changed.length > 0) return new Set(changed);
  const around = layout.lines.filter(({ members }) => stuck.some((entry) => members.includes(entry)));
  return new Set(around.flatMap(({ members }) => members));
}

/** A plan that no earlier release limits; or one that takes back what was shown, when new settings leave no other. */
function firstPlan(input: PlanInput, facts = input.facts): Plan {
  const layout = layOut(input.tables, occurringIn(facts.places));
  const sums = sumFacts(layout, facts);
  const bands = groupColumns(sums, input.bands);
  const { hidden } = protect(layout, {
    floor: input.floor,
    n: rowTotals(sums),
    bands: bands.width,
    count: (entry, band) => bands.values[entry * bands.width + band]!,
    known: input.known,
    mustShow: () => false,
    mustHide: (entry) => isBarred(input, layout, entry),
  });
  return { entries: layout.entries, hidden, facts, sums, lower: input.previous?.lower ?? new Map() };
}

function isBarred({ mayShow }: PlanInput, { entries }: Layout, entry: number): boolean {
  return mayShow !== undefined && !mayShow.has(entries[entry]!.id);
}

/** Decides with these changes made. */
function decide(
  input: PlanInput,
  previous: PreviousPlan,
  layout: Layout,
  changes: Change[],
  { before, existedBefore }: { before: Sums; existedBefore: ReadonlySet<string> },
): Protected & Pick<Plan, 'sums' | 'lower'> {
  const { bands, floor, known } = input;
  const { width } = before;
  const sums: Sums = { width, values: before.values.slice() };
  for (const { place, bins } of changes) {
    for (const entry of layout.coverOf(place)) {
      for (let bin = 0; bin < width; bin++) sums.values[entry * width + bin]! += bins[bin]!;
    }
  }
  const now = groupColumns(sums, bands);
  const lower = lowerCounts(layout, {
    before: groupColumns(before, bands),
    now,
    bands,
    existedBefore,
    visibleBefore: previous.visible,
    lowerBefore: previous.lower,
  });
  const n = rowTotals(sums);
  const wasVisible = Uint8Array.from(layout.entries, ({ id }) => (previous.visible.has(id) ? 1 : 0));
  // Who learns the count of an entry that was hidden, learns its lower count: they must be the same.
  const wouldTell = (entry: number) =>
    wasVisible[entry] === 0 &&
    existedBefore.has(layout.entries[entry]!.id) &&
    bands.some((_, band) => lower[entry * now.width + band]! < now.values[entry * now.width + band]!);
  const decided = protect(layout, {
    floor,
    n,
    bands: now.width,
    count: (entry, band) => lower[entry * now.width + band]!,
    known,
    mustShow: (entry) => wasVisible[entry] === 1 && n[entry]! >= floor,
    mustHide: (entry) => isBarred(input, layout, entry) || wouldTell(entry),
  });
  const { hidden } = decided;
  return { ...decided, sums, lower: lowerCountsToKeep(layout, { hidden, lower, now, bands }) };
}
