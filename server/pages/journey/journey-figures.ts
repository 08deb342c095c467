import { differenceOfShares, verdictsTogether } from '../../../surveys/aggregates/comparisons.ts';
import { type Aggregates, readAggregates } from '../../../surveys/aggregates/index.ts';
import { measuredQuestions } from '../../../surveys/aggregates/measured-questions.ts';
import { shareSatisfied } from '../../../surveys/aggregates/released-figures.ts';
import { type PublishedSurvey, textIn } from '../../../surveys/definitions/index.ts';
import { surveySettings } from '../../../surveys/settings/index.ts';
import type { Figure, Named } from '../overview/figures.ts';
import { ifReleased } from '../overview/if-released.ts';

/** A moment of the journey with what the release says of it. */
export interface Stage extends Named {
  figure: Figure;
}

/** The moments of a journey in order, and which of them stands out. */
export interface Journey {
  stages: Stage[];
  /** The moment with the smallest share satisfied; undefined where fewer than two are shown. */
  weakest: Weakest | undefined;
  /** The calendar year. */
  period: string;
}

export interface Weakest {
  key: string;
  /** Keys of the moments that are clearly better, with many comparisons reckoned with (Holm). */
  clearlyBetter: string[];
}

/**
 * One question along the stages, for one product or for all together, from the newest release: the stages that the
 * survey declares in its order, then others by key.
 * @returns undefined before the first release, and where no contact named a stage
 */
export async function journeyOf(
  survey: PublishedSurvey,
  question: string,
  product: string | undefined,
  locale: string,
): Promise<Journey | undefined> {
  const filter = product === undefined ? {} : { product };
  const read = (by: string) => ifReleased(readAggregates({ survey: survey.key, question, by, ...filter }));
  const [table, years] = await Promise.all([
    read('stage'),
    ifReleased(readAggregates({ survey: survey.key, question, by: 'period', period: 'year' })),
  ]);
  const period = years?.rows.at(-1)?.period;
  const stages = table ? stagesIn(table, survey, locale) : [];
  if (stages.length === 0 || period === undefined) return undefined;
  return { stages, weakest: await weakestOf(stages, survey, question), period };
}

/** The products that have a table of stages. */
export async function productsWithStages(survey: string): Promise<string[]> {
  const table = await ifReleased(readAggregates({ survey, by: 'product,stage' }));
  const products = (table?.rows ?? []).flatMap(({ product, stage }) => (product && stage ? [product] : []));
  return [...new Set(products)];
}

function stagesIn({ rows }: Aggregates, { survey }: PublishedSurvey, locale: string): Stage[] {
  const declared = survey.stages ?? [];
  const place = new Map(declared.map(({ key }, index) => [key, index]));
  const titles = new Map(declared.map(({ key, title }) => [key, textIn(title, locale)]));
  const order = (key: string) => place.get(key) ?? declared.length;
  return rows
    .flatMap(({ stage, ...figure }): Stage[] =>
      stage ? [{ key: stage, name: titles.get(stage) ?? stage.replaceAll('-', ' '), figure }] : [],
    )
    .sort((a, b) => order(a.key) - order(b.key) || (a.key < b.key ? -1 : 1));
}

async function weakestOf(
  stages: Stage[],
  survey: PublishedSurvey,
  question: string,
): Promise<Weakest | undefined> {
  const { satisfiedFrom } = await surveySettings(survey.key);
  const measured = measuredQuestions(survey, satisfiedFrom).find(({ key }) => key === question);
  if (!measured) return undefined;
  const shares = stages.flatMap(({ key, figure }) => {
    const share = shareSatisfied(measured, figure);
    return share && share.n > 0 ? [{ key, ...share, part: share.successes / share.n }] : [];
  });
  const [weakest, ...others] = shares.sort((a, b) => a.part - b.part);
  if (!weakest || others.length === 0) return undefined;
  const verdicts = verdictsTogether(
    others.map((other) => (confidence) => differenceOfShares(other, weakest, confidence)?.interval),
  );
  const clearlyBetter = others.filter((_, index) => verdicts[index] === 'better').map(({ key }) => key);
  return { key: weakest.key, clearlyBetter };
}
