import { createHash } from 'node:crypto';
import { targetOf } from '../../settings/index.ts';
import { planGroups } from '../disclosure/groups.ts';
import { type Facts, fromPlainFacts, plainFacts, sameFacts } from '../facts.ts';
import type { MeasuredQuestion } from '../measured-questions.ts';
import { type Denominators, histogramOf, invitations, planInvitations } from './denominators.ts';
import { figuresForm, figuresOf } from './figures.ts';
import { answersOf, volumesOf } from './load-facts.ts';
import { type ReleaseRow, stillCurrent } from './models.ts';
import { planInThread } from './plan-in-thread.ts';
import { type PlainPlan, plain } from './plan-thread.ts';
import { replaceRows } from './replace-rows.ts';
import { loadStates, type PreviousState, saveState } from './states.ts';
import type { YearToRelease } from './year-to-release.ts';

/** Writes what changes in a year with this release. A year in which nothing changed costs the reading of its cells. */
export async function releaseYear(input: YearToRelease): Promise<void> {
  const { survey, year, questions } = input;
  const basis = basisOf(input);
  const states = await loadStates(survey, year);
  const answers = await answersOf(survey, year, questions);
  const volumes = await volumesOf(survey, year);
  const current = new Map([...answers, [invitations, volumes.invitations]]);
  if (isUnchanged(current, states, basis)) return;

  let denominators: Denominators | undefined;
  for (const question of questions) {
    const facts = answers.get(question.key)!;
    const previous = states.get(question.key);
    const plan = await planQuestion(input, question, facts, previous);
    // The first question decides with which rows invitations are shown.
    denominators ??= await planInvitations(input, volumes, plan, states.get(invitations), basis);
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

async function planQuestion(
  { settings: { tables, floor, knownAnswers }, withheld }: YearToRelease,
  question: MeasuredQuestion,
  facts: Facts,
  stored: PreviousState | undefined,
): Promise<PlainPlan> {
  const previous = stored && isSameQuestion(stored, question) ? stored : undefined;
  if (withheld) {
    const before = previous && fromPlainFacts(previous.facts);
    return plain(planGroups({ tables, floor, facts, withheld, previous: before }));
  }
  return planInThread({
    tables,
    floor,
    known: knownAnswers,
    facts: plainFacts(facts),
    bands: question.bands.map(({ bins }) => positions(question.bins, bins)),
    gates: [positions(question.bins, question.bins)],
    ...(previous && { previous }),
  });
}

function rowsOf(
  { survey, year, number, settings }: YearToRelease,
  question: MeasuredQuestion,
  { entries, hidden, sums }: PlainPlan,
  denominators: Denominators,
): ReleaseRow[] {
  return entries.map(({ id, table, level, period, keys }, entry) => ({
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
    return state !== undefined && state.basis === basis && sameFacts(facts, state.facts);
  });
}

function isSameQuestion(previous: PreviousState, { since, bins }: MeasuredQuestion): boolean {
  return previous.since === since && previous.facts.bins.join() === bins.join();
}
