import { createHash } from 'node:crypto';
import type { Histogram } from '../cells.ts';
import { occurringIn } from '../disclosure/axes.ts';
import { groupOf, planGroups } from '../disclosure/groups.ts';
import { layOut } from '../disclosure/layout.ts';
import { sumFacts } from '../disclosure/sums.ts';
import { type Facts, fromPlainFacts, onlyPlaces, plainFacts } from '../facts.ts';
import type { ReleaseTable } from '../tables.ts';
import { invitationBins, type Volumes } from './load-facts.ts';
import { planInThread } from './plan-in-thread.ts';
import { type PlainPlan, plain } from './plan-thread.ts';
import { type PreviousState, saveState } from './states.ts';
import type { YearToRelease } from './year-to-release.ts';

/** Stands among the questions for the invitations, which are protected like answers. */
export const invitations = 'invitations';

/** Invitations by entry id, where they may be shown. */
export type Denominators = ReadonlyMap<string, Histogram>;

/**
 * What became of the invitations of each entry, where that may be shown: protected as answers are, and only with rows
 * of the first question (`lead`). Contacts come along: they are published in tens.
 */
export async function planInvitations(
  input: YearToRelease,
  { invitations: facts, contacts }: Volumes,
  lead: PlainPlan,
  previous: PreviousState | undefined,
  basis: string,
): Promise<Denominators> {
  const { floor, tables, knownAnswers } = input.settings;
  const shown = new Set(lead.entries.filter((_, entry) => lead.hidden[entry] === 0).map(({ id }) => id));
  const [answered, open, undelivered] = [0, 1, 2];
  const plan = input.withheld
    ? planGroupInvitations(input, facts, lead, previous)
    : await planInThread({
        tables: tables.filter(({ by }) => !by.includes('mode')),
        floor,
        known: knownAnswers,
        facts: plainFacts(facts),
        bands: [[answered], [open, undelivered]],
        gates: [[answered, open, undelivered], [answered]],
        mayShow: shown,
        ...(previous && { previous }),
      });
  const { entries, hidden, sums } = plan;
  const contactsIn = contactsByEntry(tables, contacts);
  const visible = new Map<string, Histogram>();
  for (const [entry, { id }] of entries.entries()) {
    if (hidden[entry] === 0 && shown.has(id))
      visible.set(id, {
        ...histogramOf(invitationBins, sums.values, entry),
        contacts: contactsIn.get(id) ?? 0,
      });
  }
  const checksum = createHash('sha256')
    .update(JSON.stringify([...visible]))
    .digest('hex');
  await saveState(input, { question: invitations, since: 1, basis, plan, checksum, countShown: false });
  return visible;
}

/** Only of the groups whose answers are shown. */
function planGroupInvitations(
  { settings: { tables, floor } }: YearToRelease,
  facts: Facts,
  lead: PlainPlan,
  previous: PreviousState | undefined,
): PlainPlan {
  const shown = new Set(fromPlainFacts(lead.facts).places.map(groupOf));
  const ofThem = onlyPlaces(facts, (place) => shown.has(groupOf(place)));
  return plain(
    planGroups({
      tables,
      floor,
      facts: ofThem,
      withheld: () => false,
      previous: previous && fromPlainFacts(previous.facts),
    }),
  );
}

function contactsByEntry(tables: ReleaseTable[], contacts: Facts): ReadonlyMap<string, number> {
  const layout = layOut(tables, occurringIn(contacts.places));
  const { values } = sumFacts(layout, contacts);
  return new Map(layout.entries.map(({ id }, entry) => [id, values[entry]!]));
}

/** The counts of one entry by bin. */
export function histogramOf(bins: string[], values: Float64Array, entry: number): Histogram {
  return Object.fromEntries(bins.map((bin, index) => [bin, values[entry * bins.length + index]!]));
}
