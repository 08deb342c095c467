import {
  type Derived,
  type PublishedSurvey,
  publishedSurvey,
  type Question,
} from '../../definitions/index.ts';
import { goldenEarScore, type Score } from '../score.ts';
import type { Round, RoundFigure } from './model.ts';
import { type MunicipalityFigures, municipalityFigures } from './municipality-figures.ts';
import { quickscan } from './open-round.ts';
import { listRounds } from './rounds.ts';

/** An area or statement with its figure; without one it has too few answers. */
export interface Scored<Part> {
  part: Part;
  figure: RoundFigure | undefined;
}

/** Figures held beside a round's own. What can't be compared is not there. */
export interface Beside {
  /** Points per area, by the round's own weights. */
  points: Readonly<Record<string, number | undefined>>;
  total: number | undefined;
  /** Whether something was left out because its meaning or weight is another. */
  partly: boolean;
}

/** What a round came to. */
export interface RoundResult {
  survey: PublishedSurvey;
  areas: Scored<Derived>[];
  statements: Scored<Question>[];
  /** Points per area. */
  points: Readonly<Record<string, number | undefined>>;
  score: Score | undefined;
  strongest: Scored<Question>[];
  weakest: Scored<Question>[];
  estimate: RoundFigure | undefined;
  previous: (Beside & { round: Round }) | undefined;
  /** All departments in the calendar year of the round; only with three or more of them. */
  municipality: (Beside & MunicipalityFigures) | undefined;
}

/** Statements that are named as the strongest, and as the weakest. */
const named = 3;

/** The result of a closed round; undefined while it has none. All its figures are from its release. */
export async function roundResult(round: Round): Promise<RoundResult | undefined> {
  const survey = await publishedSurvey(quickscan, round.version);
  if (!round.result || !survey) return undefined;
  const { figures } = round.result;
  const areas = survey.derived.map((part) => ({ part, figure: figures[part.key] }));
  const statements = survey.questions
    .filter(
      ({ scale, key }) => scale.kind === 'number' && survey.derived.some(({ from }) => from.includes(key)),
    )
    .map((part) => ({ part, figure: figures[part.key] }));
  const points = pointsOf(survey.derived, figures);
  const ranked = statements
    .filter(({ figure }) => figure !== undefined)
    .sort((one, other) => other.figure!.mean - one.figure!.mean);
  const many = Math.min(named, Math.floor(ranked.length / 2));
  return {
    survey,
    areas,
    statements,
    points,
    score: goldenEarScore(survey.derived, points),
    strongest: ranked.slice(0, many),
    weakest: ranked.slice(ranked.length - many).reverse(),
    estimate: figures.estimate,
    previous: await previousOf(round, survey),
    municipality: await municipalityOf(round, survey),
  };
}

/** Points per area: its mean level of the highest one, times its weight. */
export function pointsOf(
  areas: Derived[],
  figures: Readonly<Record<string, Pick<RoundFigure, 'mean'>>>,
): Record<string, number | undefined> {
  return Object.fromEntries(
    areas.map(({ key, weight, maximum }) => {
      const figure = figures[key];
      return [key, figure && (weight * figure.mean) / maximum];
    }),
  );
}

/** The round of the department before this one that has a score, as far as it can be compared. */
async function previousOf(round: Round, survey: PublishedSurvey): Promise<RoundResult['previous']> {
  const earlier = (await listRounds([round.department])).find(
    ({ month, result }) => month < round.month && result && Object.keys(result.figures).length > 0,
  );
  if (!earlier?.result) return undefined;
  const before = await publishedSurvey(quickscan, earlier.version);
  return { round: earlier, ...besideOf(survey, earlier.result.figures, earlier.version, before?.derived) };
}

async function municipalityOf(round: Round, survey: PublishedSurvey): Promise<RoundResult['municipality']> {
  const found = await municipalityFigures(round.month.slice(0, 4));
  if (!found) return undefined;
  // Its areas hold all versions in which they mean what they mean now.
  const comparable = found.survey.derived.filter(({ since }) => since <= round.version);
  const figures = Object.fromEntries(
    comparable.flatMap(({ key }) => (found.figures[key] ? [[key, found.figures[key]]] : [])),
  );
  return { ...found, ...besideOf(survey, figures, round.version, survey.derived) };
}

/**
 * Other figures on the round's own scale: only areas of the same meaning, in points by the round's weights. A total
 * only where every area counts as it did there.
 */
function besideOf(
  survey: PublishedSurvey,
  figures: Readonly<Record<string, RoundFigure>>,
  version: number,
  areasThere: Derived[] | undefined,
): Beside {
  const alike = survey.derived.filter(({ since }) => since <= version);
  const points = pointsOf(alike, figures);
  const sameWeights = survey.derived.every(
    ({ key, weight }) => areasThere?.find((area) => area.key === key)?.weight === weight,
  );
  const comparable = alike.length === survey.derived.length && sameWeights;
  return {
    points,
    total: comparable ? goldenEarScore(survey.derived, points)?.total : undefined,
    partly: !comparable,
  };
}
