import type { AggregateRow } from '../../../schemas/generated/aggregate-row.ts';
import { studentQuantile } from '../quantiles.ts';
import { type Importance, type Observation, relativeImportance } from './relative-importance.ts';

/** What a question has to do with the grade. */
export interface Driver {
  question: string;
  /** Its part in what is explained, from 0 to 1: all parts together are 1. */
  share: number;
  /** 95 % interval of that by the jackknife over the groups. */
  interval: [number, number];
  /** Whether groups with a higher score have a higher or a lower grade. */
  direction: 'higher' | 'lower';
}

export interface Drivers {
  /** The most important first. */
  drivers: Driver[];
  /** Questions that too few groups have a figure of. */
  left: string[];
  /** Groups that were held beside each other. */
  groups: number;
  /** R²: how much of the differences in grade between the groups goes together with the questions. */
  explained: number;
  /** Whether the first is clearly more important than the second. */
  clear: boolean;
}

/** So many groups are needed per question: with fewer, everything seems to explain everything. */
const groupsPerQuestion = 3;
/** And so many at least. */
const fewestGroups = 10;
/** A question that is shown in a smaller part of the groups is left out, or it would take the groups with it. */
const shownIn = 1 / 3;
const confidence = 0.95;

/**
 * Which questions go together most with the grade, over the rows of one released table: the mean grade of each group on
 * the means of the questions, weighted by answers. Nothing but released figures is read, so nothing more is told than they
 * tell. It compares groups, not people: docs/decisions/0014-funnel-and-drivers.md says what that can't show.
 * The interval is the estimate ± t(n - 1) times the jackknife's standard error, within 0 to 1.
 * Source: B. Efron and R. Tibshirani, An Introduction to the Bootstrap (1993), ch. 11.
 * @param groupOf tells the rows of one group, whatever their question
 * @returns undefined where too few groups are shown, or their grades are all the same
 */
export function driversOf(
  rows: readonly AggregateRow[],
  { outcome, questions }: { outcome: string; questions: readonly string[] },
  groupOf: (row: AggregateRow) => string,
): Drivers | undefined {
  const groups = new Map<string, Map<string, AggregateRow>>();
  for (const row of rows) {
    if (row.mean === undefined) continue;
    const group = groups.get(groupOf(row)) ?? new Map<string, AggregateRow>();
    groups.set(groupOf(row), group.set(row.question, row));
  }
  const graded = [...groups.values()].filter((group) => group.has(outcome));
  const has = (question: string) => graded.filter((group) => group.has(question)).length;
  const taken = questions.filter((question) => has(question) > graded.length * shownIn);
  const observations = graded.flatMap((group) => observationOf(group, outcome, taken));
  if (taken.length < 2 || observations.length < Math.max(fewestGroups, groupsPerQuestion * taken.length)) {
    return undefined;
  }

  const whole = relativeImportance(observations);
  const parts = whole && partsOf(whole);
  if (!whole || !parts) return undefined;
  const without = observations.flatMap((_, one) => {
    const importance = relativeImportance(observations.filter((__, index) => index !== one));
    const replicate = importance && partsOf(importance);
    return replicate ? [replicate] : [];
  });
  if (without.length < observations.length) return undefined;
  const ranked = taken
    .map((question, at) => ({ question, at, share: parts[at]! }))
    .sort((a, b) => b.share - a.share);
  const [first, second] = ranked as [(typeof ranked)[number], (typeof ranked)[number]];
  const lead = halfWidth(without.map((each) => each[first.at]! - each[second.at]!));
  return {
    drivers: ranked.map(({ question, at, share }) => {
      const half = halfWidth(without.map((each) => each[at]!));
      return {
        question,
        share,
        interval: [Math.max(0, share - half), Math.min(1, share + half)],
        direction: goesUp(observations, at) ? 'higher' : 'lower',
      };
    }),
    left: questions.filter((question) => !taken.includes(question)),
    groups: observations.length,
    explained: whole.explained,
    clear: first.share - second.share > lead,
  };
}

function observationOf(
  group: ReadonlyMap<string, AggregateRow>,
  outcome: string,
  questions: readonly string[],
): Observation[] {
  const graded = group.get(outcome)!;
  const predictors = questions.flatMap((question) => group.get(question)?.mean ?? []);
  if (predictors.length < questions.length) return [];
  return [{ outcome: graded.mean!, predictors, weight: graded.responses ?? 0 }];
}

/** Shares of what is explained; undefined where nothing is. */
function partsOf({ explained, shares }: Importance): number[] | undefined {
  return explained > 0 ? shares.map((share) => share / explained) : undefined;
}

/** Of a 95 % interval, from the values without one group each. */
function halfWidth(without: number[]): number {
  const n = without.length;
  const mean = without.reduce((sum, value) => sum + value, 0) / n;
  const squares = without.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return studentQuantile(confidence, n - 1) * Math.sqrt(((n - 1) / n) * squares);
}

function goesUp(observations: readonly Observation[], predictor: number): boolean {
  const total = observations.reduce((sum, { weight }) => sum + weight, 0);
  const mean = (value: (one: Observation) => number) =>
    observations.reduce((sum, one) => sum + one.weight * value(one), 0) / total;
  const [x, y] = [mean(({ predictors }) => predictors[predictor]!), mean(({ outcome }) => outcome)];
  return mean((one) => (one.predictors[predictor]! - x) * (one.outcome - y)) >= 0;
}
