import { createHash } from 'node:crypto';
import { type SettingsInForce, targetOf } from '../../settings/index.ts';
import type { Histogram } from '../cells.ts';
import { groupOf, planGroups } from '../disclosure/groups.ts';
import { type Plan, planRelease } from '../disclosure/plan.ts';
import { type Facts, onlyPlaces, type Place, sameFacts } from '../facts.ts';
import type { MeasuredQuestion } from '../measured-questions.ts';
import { figuresForm, figuresOf } from './figures.ts';
import { answersOf, invitationBins, invitationsOf } from './load-facts.ts';
import { type ReleaseRow, stillCurrent } from './models.ts';
import { replaceRows } from './replace-rows.ts';
import { loadStates, type PreviousState, saveState } from './states.ts';

export interface YearToRelease {
  survey: string;
  year: string;
  number: number;
  questions: MeasuredQuestion[];
  settings: SettingsInForce;
  /** For surveys whose answers come in groups (disclosure/groups.ts): the groups of which nothing new is told yet. */
  withheld?: (place: Place) => boolean;
}

/** Stands among the questions for the invitations, which are protected like answers. */
const invitations = 'invitations';

/** Writes what changes in a year with this release. A year in which nothing changed costs the reading of its cells. */
export async function releaseYear(input: YearToRelease): Promise<void> {
  const { survey, year, questions } = input;
  const basis = basisOf(input);
  const states = await loadStates(survey, year);
  const answers = await answersOf(survey, year, questions);
  const invited = await invitationsOf(survey, year);
  const current = new Map([...answers, [invitations, invited]]);
  if (isUnchanged(current, states, basis)) return;

  let denominators: Denominators | undefined;
  for (const question of questions) {
    const facts = answers.get(question.key)!;
    const previous = states.get(question.key);
    const plan = planQuestion(input, question, facts, previous);
    // The first question decides with which rows invitations are shown.
    denominators ??= await planInvitations(input, invited, plan, states.get(invitations), basis);
    const rows = rowsOf(input, question, plan, denominators);
    await replaceRows(input, question.key, rows);
    await saveState(input, {
      question: question.key,
      since: question.since,
      basis,
      plan,
      checksum: checksumOf(rows),
    });
  }
}

function planQuestion(
  { settings: { tables, floor, knownAnswers }, withheld }: YearToRelease,
  question: MeasuredQuestion,
  facts: Facts,
  stored: PreviousState | undefined,
): Plan {
  const previous = stored && isSameQuestion(stored, question) ? stored : undefined;
  if (withheld) return planGroups({ tables, floor, facts, withheld, previous: previous?.facts });
  return planRelease({
    tables,
    floor,
    known: knownAnswers,
    facts,
    bands: question.bands.map(({ bins }) => positions(question.bins, bins)),
    gates: [positions(question.bins, question.bins)],
    ...(previous && { previous }),
  });
}

/** Invitations by entry id, where they may be shown. */
type Denominators = ReadonlyMap<string, Histogram>;

async function planInvitations(
  input: YearToRelease,
  facts: Facts,
  lead: Plan,
  previous: PreviousState | undefined,
  basis: string,
): Promise<Denominators> {
  const { floor, tables, knownAnswers } = input.settings;
  const shown = new Set(
    lead.layout.entries.filter((_, entry) => lead.hidden[entry] === 0).map(({ id }) => id),
  );
  const [answered, open, undelivered] = [0, 1, 2];
  const plan = input.withheld
    ? planGroupInvitations(input, facts, lead, previous)
    : planRelease({
        tables: tables.filter(({ by }) => !by.includes('mode')),
        floor,
        known: knownAnswers,
        facts,
        bands: [[answered], [open, undelivered]],
        gates: [[answered, open, undelivered], [answered]],
        mustHide: (id) => !shown.has(id),
        ...(previous && { previous }),
      });
  const { layout, hidden, sums } = plan;
  const visible = new Map<string, Histogram>();
  for (const [entry, { id }] of layout.entries.entries()) {
    if (hidden[entry] === 0 && shown.has(id))
      visible.set(id, histogramOf(invitationBins, sums.values, entry));
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
  lead: Plan,
  previous: PreviousState | undefined,
): Plan {
  const shown = new Set(lead.facts.places.map(groupOf));
  const ofThem = onlyPlaces(facts, (place) => shown.has(groupOf(place)));
  return planGroups({ tables, floor, facts: ofThem, withheld: () => false, previous: previous?.facts });
}

function rowsOf(
  { survey, year, number, settings }: YearToRelease,
  question: MeasuredQuestion,
  { layout, hidden, sums }: Plan,
  denominators: Denominators,
): ReleaseRow[] {
  return layout.entries.map(({ id, table, level, period, keys }, entry) => ({
    _id: `${survey}|${question.key}|${id}|${number}`,
    survey,
    question: question.key,
    year,
    table,
    level,
    period,
    keys,
    from: number,
    to: stillCurrent,
    figures:
      hidden[entry] === 1
        ? { status: 'suppressed' }
        : figuresOf(
            question,
            histogramOf(question.bins, sums.values, entry),
            targetOf(settings, keys),
            denominators.get(id),
          ),
  }));
}

function histogramOf(bins: string[], values: Float64Array, entry: number): Histogram {
  return Object.fromEntries(bins.map((bin, index) => [bin, values[entry * bins.length + index]!]));
}

function positions(all: string[], some: string[]): number[] {
  return some.map((bin) => all.indexOf(bin));
}

function checksumOf(rows: ReleaseRow[]): string {
  const hash = createHash('sha256');
  for (const { _id, from: _from, to: _to, ...row } of rows) hash.update(`${JSON.stringify(row)}\n`);
  return hash.digest('hex');
}

function basisOf({ questions, settings, withheld }: YearToRelease): string {
  const { tables, floor, knownAnswers, target, targets } = settings;
  const scales = questions.map(({ key, since, bands, satisfied }) => [
    key,
    since,
    bands,
    [...(satisfied ?? [])],
  ]);
  return createHash('sha256')
    .update(
      JSON.stringify([
        figuresForm,
        withheld !== undefined,
        tables,
        floor,
        knownAnswers,
        target,
        targets,
        scales,
      ]),
    )
    .digest('hex');
}

function isUnchanged(
  current: Map<string, Facts>,
  states: Map<string, PreviousState>,
  basis: string,
): boolean {
  return [...current].every(([question, facts]) => {
    const state = states.get(question);
    return state !== undefined && state.basis === basis && sameFacts(state.facts, facts);
  });
}

function isSameQuestion(previous: PreviousState, { since, bins }: MeasuredQuestion): boolean {
  return previous.since === since && previous.facts.bins.join() === bins.join();
}
