import type { CellFields } from '../aggregates/keys.ts';
import { quarterOf, yearOf } from '../aggregates/periods.ts';

/** Stands for a trait that was taken away; empty is what the contact did not name. */
const dropped = '*';

/** What a unit record tells of where its answers were given. */
export interface Traits {
  department: string;
  channel: string;
  product: string;
  stage: string;
  mode: string;
  period: string;
}

/** The properties that records are told apart by, as columns of the file. */
export const traitNames = ['department', 'channel', 'product', 'stage', 'mode', 'period'] as const;

/** Every combination of traits in a file is of at least so many records. */
export const leastAlike = 10;

/** The declared order in which records lose detail, each step after those before it. */
const steps: readonly ((traits: Traits) => Traits)[] = [
  (traits) => traits,
  (traits) => ({ ...traits, stage: dropped }),
  (traits) => ({ ...traits, period: quarterOf(traits.period) }),
  (traits) => ({ ...traits, product: dropped }),
  (traits) => ({ ...traits, mode: dropped }),
  (traits) => ({ ...traits, period: yearOf(traits.period) }),
  (traits) => ({ ...traits, channel: dropped }),
  (traits) => ({ ...traits, department: dropped }),
];

/** Where answers were given, with how many there are. */
export interface Counted extends Omit<CellFields, 'survey' | 'version'> {
  /** Names it. */
  key: string;
  n: number;
}

export interface Generalised {
  /** Key of a place to the traits that its records show. */
  traits: Map<string, Traits>;
  /** Traits (as one text) to the number of records that show them. */
  classes: Map<string, number>;
  /** Records in no class, because even without any trait there were fewer than `leastAlike`. */
  leftOut: number;
}

/**
 * Gives each place the most detailed traits that at least ten records share. Places of a combination with ten keep it;
 * those left over lose the next trait and are looked at again among themselves. So every class that shows has ten, and
 * what is common keeps its detail.
 * Source: k-anonymity by generalisation and suppression, P. Samarati and L. Sweeney, SRI-CSL-98-04 (1998).
 */
export function generalise(places: readonly Counted[]): Generalised {
  const found: Generalised = { traits: new Map(), classes: new Map(), leftOut: 0 };
  let left = places.map((place) => ({ place, traits: traitsOf(place) }));
  for (const step of steps) {
    const general = left.map(({ place, traits }) => {
      const fewer = step(traits);
      return { place, traits: fewer, name: nameOf(fewer) };
    });
    const sizes = new Map<string, number>();
    for (const { place, name } of general) sizes.set(name, (sizes.get(name) ?? 0) + place.n);
    for (const { place, traits, name } of general) {
      const size = sizes.get(name)!;
      if (size < leastAlike) continue;
      found.traits.set(place.key, traits);
      // No two steps make the same name: each leaves its mark.
      found.classes.set(name, size);
    }
    left = general.filter(({ name }) => sizes.get(name)! < leastAlike);
  }
  found.leftOut = left.reduce((sum, { place }) => sum + place.n, 0);
  return found;
}

/** Traits as one text. */
export function nameOf(traits: Traits): string {
  return traitNames.map((name) => traits[name]).join('|');
}

function traitsOf({ department, channel, product = '', stage = '', mode, month }: Counted): Traits {
  return { department, channel, product, stage, mode, period: month };
}
