import type { AggregateRow } from '../../../schemas/generated/aggregate-row.ts';
import { readAggregates } from '../../aggregates/index.ts';
import { type MeasuredQuestion, measuredQuestions } from '../../aggregates/measured-questions.ts';
import { countAnswers, mean } from '../../aggregates/measures.ts';
import { meanWithSpread } from '../../aggregates/released-figures.ts';
import type { PublishedSurvey } from '../../definitions/index.ts';
import { Problem } from '../../problems.ts';
import { surveySettings } from '../../settings/index.ts';
import type { Round, RoundFigure, RoundRelease } from './model.ts';

/** The figures of a round in a release: of what has too few answers there are none. */
export async function releasedFigures(
  { department, month }: Pick<Round, 'department' | 'month'>,
  survey: PublishedSurvey,
  release: number,
): Promise<Pick<RoundRelease, 'release' | 'floor' | 'figures'>> {
  const questions = measuredQuestions(survey);
  const table = await ifReleased(
    readAggregates({
      survey: survey.key,
      question: questions.map(({ key }) => key).join(','),
      by: 'department,period',
      department,
      from: month,
      to: month,
      release: String(release),
    }),
  );
  const found = (table?.rows ?? []).flatMap((row): [string, RoundFigure][] => {
    const question = questions.find(({ key }) => key === row.question);
    const figure = question && figureOf(survey, question, row);
    return figure ? [[row.question, figure]] : [];
  });
  const { floor } = await surveySettings(survey.key);
  return { release, floor: table?.floor ?? floor, figures: Object.fromEntries(found) };
}

/** A released row on the scale of the answers. @returns undefined when it is not shown */
export function figureOf(
  survey: PublishedSurvey,
  question: MeasuredQuestion,
  row: AggregateRow,
): RoundFigure | undefined {
  const { distribution, responses: n, mean: published } = row;
  if (!distribution || n === undefined || published === undefined) return undefined;
  const spread = question.bands.map(({ key }) => distribution[key] ?? 0);
  const area = survey.derived.find(({ key }) => key === question.key);
  if (area) return { n, mean: (published * area.maximum) / area.weight, spread };
  if (question.bands.every(({ bins }) => bins.length === 1)) {
    const exact = mean(distribution, question.valueOf);
    return { n: countAnswers(distribution), mean: exact ?? published, spread };
  }
  const known = meanWithSpread(question, row);
  return { n, mean: published, spread, ...(known && { deviation: known.deviation }) };
}

/** What was read from a release, or undefined where there is no such table. */
export async function ifReleased<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Problem && ['notFound', 'notReleased'].includes(error.code)) return undefined;
    throw error;
  }
}
