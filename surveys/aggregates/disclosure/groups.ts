import { emptyFacts, type Facts, type Place, rowOf } from '../facts.ts';
import type { Dimension, ReleaseTable } from '../tables.ts';
import { occurringIn } from './axes.ts';
import { layOut } from './layout.ts';
import type { Plan } from './plan.ts';
import { rowTotals, sumFacts } from './sums.ts';

/** What to release about one question in one calendar year, where answers come in closed groups. */
export interface GroupInput {
  tables: ReleaseTable[];
  floor: number;
  /** What the answers are now. */
  facts: Facts;
  /** Whether nothing new of a group may be told yet: its round is under way. */
  withheld: (place: Place) => boolean;
  /** What the release before counted. */
  previous?: Facts | undefined;
}

/** A group takes new answers in by so many at least: fewer could be told from the difference of two releases. */
const leastAdded = 5;

/** What one group is: a round of a department, a session. */
const groupDimensions: readonly Dimension[] = ['department', 'product', 'period'];

/** Whether every row of the tables is a sum of whole groups, so that they can be released by group. */
export function areSumsOfGroups(tables: ReleaseTable[]): boolean {
  return tables.every(({ by }) => by.every((dimension) => groupDimensions.includes(dimension)));
}

/** The name of the group in which a place counts. */
export function groupOf({
  department,
  product,
  month,
}: Pick<Place, 'department' | 'product' | 'month'>): string {
  return `${department}|${product}|${month}`;
}

/**
 * Releases answers that come in groups of a few people: rounds and sessions. A group counts in the release when it
 * reaches the floor by itself, and otherwise in nothing at all, no total either. So each figure is a sum of groups that
 * are shown, and nothing that leaves depends on a group under the floor: there is nothing to derive
 * (docs/decisions/0009-rounds.md). Hiding related cells instead would hide a good round because of its neighbour's.
 *
 * A group that was shown stays as it was until five answers were added to it.
 */
export function planGroups({ tables, floor, facts, withheld, previous }: GroupInput): Plan {
  const released = emptyFacts(facts.bins);
  const [now, before] = [groupsIn(facts), previous ? groupsIn(previous) : new Map<string, Group>()];
  for (const key of new Set([...before.keys(), ...now.keys()])) {
    const group = chosen(now.get(key), before.get(key), floor, withheld);
    for (const place of group?.places ?? []) copy(group!.facts, released, place);
  }
  const layout = layOut(tables, occurringIn([...facts.places, ...released.places]));
  const sums = sumFacts(layout, released);
  const hidden = Uint8Array.from(rowTotals(sums), (n) => (n < floor ? 1 : 0));
  return { entries: layout.entries, hidden, facts: released, sums, lower: new Map() };
}

/** The places of one group in the facts of one moment. */
interface Group {
  facts: Facts;
  places: Place[];
  n: number;
}

function groupsIn(facts: Facts): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const place of facts.places) {
    const key = groupOf(place);
    const group = groups.get(key) ?? { facts, places: [], n: 0 };
    groups.set(key, group);
    group.places.push(place);
    group.n += sum(countsOf(facts, place));
  }
  return groups;
}

function chosen(
  now: Group | undefined,
  before: Group | undefined,
  floor: number,
  withheld: GroupInput['withheld'],
): Group | undefined {
  const shown = before && before.n >= floor ? before : undefined;
  if (!now || now.n < floor || withheld(now.places[0]!)) return shown;
  return shown && addedTo(shown, now) < leastAdded ? shown : now;
}

/** Answers that came in; one that was replaced by another counts as one. */
function addedTo(before: Group, now: Group): number {
  const [old, fresh] = [histogramOf(before), histogramOf(now)];
  return sum(fresh.map((count, bin) => Math.max(0, count - old[bin]!)));
}

function histogramOf({ facts, places }: Group): number[] {
  const histogram = facts.bins.map(() => 0);
  for (const place of places) {
    for (const [bin, count] of countsOf(facts, place).entries()) histogram[bin]! += count;
  }
  return histogram;
}

function copy(from: Facts, to: Facts, place: Place): void {
  to.counts.set(countsOf(from, place), rowOf(to, place) * to.bins.length);
}

function countsOf({ bins, rows, counts }: Facts, { key }: Place): Float64Array {
  const start = rows.get(key)! * bins.length;
  return counts.subarray(start, start + bins.length);
}

function sum(counts: ArrayLike<number>): number {
  return Array.from(counts).reduce((total, count) => total + count, 0);
}
