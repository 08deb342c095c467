import { type Plan, type PlanInput, planRelease } from '../../../../surveys/aggregates/disclosure/plan.ts';
import type { Facts } from '../../../../surveys/aggregates/facts.ts';
import { roundHalfUp } from '../../../../surveys/aggregates/releases/figures.ts';
import type { ReleaseTable } from '../../../../surveys/aggregates/tables.ts';
import { attack, type Pinned, type PublishedRow, type Scale } from '../attacker.ts';
import { monthsOf } from '../everything.ts';
import { followed, smallChanges } from '../releases-together.ts';

/** A town without a store, for the release engine alone. */
export interface Town extends Pick<PlanInput, 'tables' | 'floor' | 'known' | 'bands' | 'gates'> {
  scale: Scale;
  /** All answers so far, at each release. */
  days: Facts[];
}

/** What the engine decides, and all that is published of it. */
interface Released {
  plan: Plan;
  rows: PublishedRow[];
}

/** The releases of a town, one after another. */
export function releasesOf(town: Town): Released[] {
  const releases: Released[] = [];
  for (const facts of town.days) {
    const before = releases.at(-1)?.plan;
    const previous = before && { facts: before.facts, visible: visibleIn(before), lower: before.lower };
    const plan = planRelease({ ...town, facts, ...(previous && { previous }) });
    releases.push({ plan, rows: publishedRows(town, plan) });
  }
  return releases;
}

/**
 * The hidden numbers, rows under the floor and small changes that somebody who knows none of the answers finds in the
 * releases of a town: in each, in all together, and from one to the next.
 */
export async function derived({ floor, scale }: Town, releases: Released[], seed = 1): Promise<string[]> {
  const published = releases.map(({ rows }) => rows);
  const found: string[] = [];
  const add = (what: string, pinned: Pinned[]) =>
    found.push(
      ...pinned.map(({ row, quantity, value }) => `${what}: ${quantity} of ${nameOf(row)} is ${value}`),
    );
  for (const [index, rows] of published.entries()) {
    const few = rows.filter(({ figures }) => figures && figures.responses < floor);
    found.push(...few.map((row) => `release ${index + 1} shows ${nameOf(row)}, under the floor`));
    add(`release ${index + 1}`, await attack(rows, scale, seed));
    if (index > 0) add(`added in release ${index + 1}`, await smallChanges(published[index - 1]!, rows));
  }
  if (published.length > 1) add('all releases', await followed(published, scale, seed));
  return found;
}

const nameOf = ({ keys, months }: PublishedRow): string => [...Object.values(keys), ...months].join(' ');

export const copyOf = (facts: Facts): Facts => ({
  ...facts,
  places: [...facts.places],
  rows: new Map(facts.rows),
  counts: facts.counts.slice(),
});

function visibleIn({ entries, hidden }: Plan): Set<string> {
  return new Set(entries.filter((_, entry) => hidden[entry] === 0).map(({ id }) => id));
}

/** The rows of a plan, with all that is published of a visible one. */
function publishedRows({ scale, tables, days }: Town, { entries, hidden, sums }: Plan): PublishedRow[] {
  // The first month of all releases: that nothing had come in for an earlier one yet is in none of them.
  const first = days.at(-1)!.places.reduce((least, { month }) => (month < least ? month : least), '9');
  return entries.map(({ keys, period }, entry) => {
    const months = byMonth(tables) ? monthsOf(period).filter((month) => month >= first) : [period];
    const row = { keys: { ...keys }, months };
    if (hidden[entry] === 1) return row;
    const counts = new Map(scale.bins.map(({ key }, bin) => [key, sums.values[entry * sums.width + bin]!]));
    const responses = sum(counts.values());
    const total = sum(scale.bins.map(({ key, value = 0 }) => value * counts.get(key)!));
    const distribution = Object.fromEntries(
      Object.entries(scale.bands).map(([band, bins]) => [band, sum(bins.map((bin) => counts.get(bin)!))]),
    );
    return { ...row, figures: { responses, distribution, mean: roundHalfUp(total / responses, 1) } };
  });
}

export const byMonth = (tables: ReleaseTable[]): boolean => tables.some(({ by }) => by.includes('period'));

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, one) => total + one, 0);
