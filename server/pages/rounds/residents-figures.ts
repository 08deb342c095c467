import type { AggregateRow } from '../../../schemas/generated/aggregate-row.ts';
import { callbacksKept } from '../../../surveys/callbacks/index.ts';
import type { Context } from '../../../surveys/context.ts';
import { publishedSurvey } from '../../../surveys/definitions/index.ts';
import { readAggregatesWithin } from '../../auth/aggregates-within.ts';
import type { Departments } from '../../auth/principal.ts';
import { ifReleased } from '../overview/if-released.ts';

/** What residents say after a contact. */
const residentsSurvey = 'customer-journey';

/** The questions that stand beside a quickscan. */
export const residentsQuestions = [
  'listening',
  'treatment',
  'clarity',
  'trust',
  'overall',
  'leadTime',
] as const;
export type ResidentsQuestion = (typeof residentsQuestions)[number];

/** Released rows of a department in a calendar year, by question; none where it is not shown. */
export type ResidentsFigures = Partial<Record<ResidentsQuestion, AggregateRow>>;

/** What residents say of each department in a calendar year. All from the newest release. */
export async function residentsFigures(
  year: string,
  within: Departments,
): Promise<Map<string, ResidentsFigures>> {
  const survey = await publishedSurvey(residentsSurvey);
  const asked = residentsQuestions.filter((key) =>
    survey?.questions.some((question) => question.key === key),
  );
  if (asked.length === 0) return new Map();
  const table = await ifReleased(
    readAggregatesWithin(within, {
      survey: residentsSurvey,
      question: asked.join(','),
      by: 'department',
      from: `${year}-01`,
      to: `${year}-12`,
    }),
  );
  const figures = new Map<string, ResidentsFigures>();
  for (const row of table?.rows ?? []) {
    const department = row.department ?? '';
    figures.set(department, { ...figures.get(department), [row.question]: row });
  }
  return figures;
}

/** The newest quarter of which it can be told how many call-backs a department made in time; a share from 0 to 1. */
export async function keptOf(
  ctx: Context,
  department: string,
): Promise<{ quarter: string; due: number; share: number } | undefined> {
  const told = (await callbacksKept(ctx)).flatMap((one) =>
    one.department === department && one.kept ? [{ quarter: one.quarter, ...one.kept }] : [],
  );
  return told.at(-1);
}
