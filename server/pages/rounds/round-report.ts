import type { AggregateRow } from '../../../schemas/generated/aggregate-row.ts';
import type { Context } from '../../../surveys/context.ts';
import { textIn } from '../../../surveys/definitions/index.ts';
import {
  type PerceptionGap,
  perceptionGap,
  type RoundResult,
  type RoundView,
  roundResult,
} from '../../../surveys/golden-ear/index.ts';
import type { Departments } from '../../auth/principal.ts';
import type { Locale } from '../i18n.ts';
import { keptOf, residentsFigures, residentsQuestions } from './residents-figures.ts';

/** A share of residents from 0 to 1 with its interval. */
export interface ResidentsShare {
  question: string;
  responses: number;
  satisfied: number;
  interval: number[];
  dissatisfied: number;
}

/** What staff say of something that the system knows too. */
export interface Checked {
  statement: string;
  text: string;
  /** Mean of the statement, 0 to 3. */
  staff: number | undefined;
  /** Undefined: there are no figures, or too few. */
  known: ResidentsShare | { kept: number; due: number; quarter: string } | undefined;
}

/** All that the page of a closed round shows, and its export holds. */
export interface RoundReport {
  round: string;
  department: { key: string; name: string };
  month: string;
  /** The quickscan is this product's own: its level is an indication, and no official recognition. */
  indicative: true;
  release: number;
  floor: number;
  answers: { counted: number; flagged: number };
  total: number | undefined;
  level: string | undefined;
  areas: {
    key: string;
    title: string;
    weight: number;
    respondents: number | undefined;
    points: number | undefined;
    /** Respondents with a mean level under 1, from 1 to 2, from 2 on. */
    spread: number[] | undefined;
    previous: number | undefined;
    municipality: number | undefined;
  }[];
  statements: {
    key: string;
    text: string;
    tip: string | undefined;
    respondents: number | undefined;
    mean: number | undefined;
    /** Respondents per level, 0 to 3. */
    spread: number[] | undefined;
  }[];
  /** Keys of statements. */
  strongest: string[];
  weakest: string[];
  previous: { round: string; month: string; total: number | undefined; partly: boolean } | undefined;
  municipality: { year: string; departments: number; total: number | undefined; partly: boolean } | undefined;
  perception: PerceptionGap;
  residents: ResidentsShare[];
  checked: Checked[];
}

/** The report of a round, in a language; undefined while it has no result. All scores are from releases. */
export async function roundReport(
  ctx: Context,
  { round, answers }: RoundView,
  { locale, within, name }: { locale: Locale; within: Departments; name: string },
): Promise<RoundReport | undefined> {
  const result = await roundResult(round);
  if (!result || !round.result) return undefined;
  const residents = (await residentsFigures(round.month.slice(0, 4), within)).get(round.department) ?? {};
  const { previous, municipality, score } = result;
  return {
    round: round._id,
    department: { key: round.department, name },
    month: round.month,
    indicative: true,
    release: round.result.release,
    floor: round.result.floor,
    answers,
    total: score?.total,
    level: score && textIn(score.level.title, locale),
    areas: result.areas.map(({ part: { key, title, weight }, figure }) => ({
      key,
      title: textIn(title, locale),
      weight,
      respondents: figure?.n,
      points: result.points[key],
      spread: figure?.spread,
      previous: previous?.points[key],
      municipality: municipality?.points[key],
    })),
    statements: result.statements.map(({ part: { key, text, tip }, figure }) => ({
      key,
      text: textIn(text, locale),
      tip: tip && textIn(tip, locale),
      respondents: figure?.n,
      mean: figure?.mean,
      spread: figure?.spread,
    })),
    strongest: result.strongest.map(({ part }) => part.key),
    weakest: result.weakest.map(({ part }) => part.key),
    previous: previous && {
      round: previous.round._id,
      month: previous.round.month,
      total: previous.total,
      partly: previous.partly,
    },
    municipality: municipality && {
      year: municipality.year,
      departments: municipality.departments,
      total: municipality.total,
      partly: municipality.partly,
    },
    perception: perceptionGap(result.estimate, residents.listening),
    residents: residentsQuestions.flatMap((question) => shareOf(question, residents[question]) ?? []),
    checked: checkedOf(result, residents, await keptOf(ctx, round.department), locale),
  };
}

function shareOf(question: string, row: AggregateRow | undefined): ResidentsShare | undefined {
  if (row?.satisfied === undefined || !row.satisfiedInterval) return undefined;
  const { responses = 0, satisfied, satisfiedInterval: interval, dissatisfied = 0 } = row;
  return { question, responses, satisfied, interval, dissatisfied };
}

/** The statements that can be checked: satisfied customers, trust, kept promises, lead time. */
function checkedOf(
  { statements }: RoundResult,
  { overall, trust, leadTime }: Partial<Record<'overall' | 'trust' | 'leadTime', AggregateRow>>,
  kept: Awaited<ReturnType<typeof keptOf>>,
  locale: Locale,
): Checked[] {
  const known: Record<string, Checked['known']> = {
    q21: shareOf('overall', overall),
    q23: shareOf('trust', trust),
    q24: kept && { kept: kept.share, due: kept.due, quarter: kept.quarter },
    q28: shareOf('leadTime', leadTime),
  };
  return statements
    .filter(({ part }) => part.key in known)
    .map(({ part: { key, text }, figure }) => ({
      statement: key,
      text: textIn(text, locale),
      staff: figure?.mean,
      known: known[key],
    }));
}
