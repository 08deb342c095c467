import { readAggregates } from '../../aggregates/index.ts';
import { measuredQuestions } from '../../aggregates/measured-questions.ts';
import { type PublishedSurvey, publishedSurvey } from '../../definitions/index.ts';
import type { RoundFigure } from './model.ts';
import { quickscan } from './open-round.ts';
import { figureOf, ifReleased } from './released-figures.ts';

/** The quickscans of all departments in a calendar year, as far as they are shown. */
export interface MunicipalityFigures {
  /** The newest version: figures are of all versions in which a question means what it means there. */
  survey: PublishedSurvey;
  year: string;
  departments: number;
  figures: Record<string, RoundFigure>;
}

/** With two departments, each would know the other's score from the one of both. */
const fewestDepartments = 3;

/** All departments together; undefined with fewer than three. Each area stands only with three departments in it. */
export async function municipalityFigures(year: string): Promise<MunicipalityFigures | undefined> {
  const survey = await publishedSurvey(quickscan);
  if (!survey) return undefined;
  const areas = new Set(survey.derived.map(({ key }) => key));
  const questions = measuredQuestions(survey).filter(({ key }) => areas.has(key));
  const query = {
    survey: quickscan,
    question: [...areas].join(','),
    from: `${year}-01`,
    to: `${year}-12`,
  };
  const [each, all] = await Promise.all([
    ifReleased(readAggregates({ ...query, by: 'department' })),
    ifReleased(readAggregates(query)),
  ]);
  const departmentsIn = (question: string) =>
    (each?.rows ?? []).filter((row) => row.question === question && row.mean !== undefined).length;
  const figures = Object.fromEntries(
    (all?.totals ?? []).flatMap((row): [string, RoundFigure][] => {
      const question = questions.find(({ key }) => key === row.question);
      const figure = question && figureOf(survey, question, row);
      return figure && departmentsIn(row.question) >= fewestDepartments ? [[row.question, figure]] : [];
    }),
  );
  const departments = Math.max(0, ...[...areas].map(departmentsIn));
  return departments < fewestDepartments ? undefined : { survey, year, departments, figures };
}
