import { expect } from 'chai';
import type { AggregateRow } from '../../../../schemas/generated/aggregate-row.ts';
import type { SurveyDefinition } from '../../../../schemas/generated/survey-definition.ts';
import { seededRandom } from '../../../../server/demo/random.ts';
import type { Histogram } from '../../../../surveys/aggregates/cells.ts';
import { planGroups } from '../../../../surveys/aggregates/disclosure/groups.ts';
import { addFacts, emptyFacts, placeOf } from '../../../../surveys/aggregates/facts.ts';
import { measuredQuestions, withExactParts } from '../../../../surveys/aggregates/measured-questions.ts';
import { figuresOf } from '../../../../surveys/aggregates/releases/figures.ts';
import { roundTables } from '../../../../surveys/aggregates/tables.ts';
import { catalogue } from '../../../../surveys/catalog/index.ts';
import { type Answers, derive } from '../../../../surveys/definitions/index.ts';
import { describeSurvey } from '../../../../surveys/definitions/published-survey.ts';
import { goldenEarScore } from '../../../../surveys/golden-ear/index.ts';
import { figureOf } from '../../../../surveys/golden-ear/rounds/released-figures.ts';
import { pointsOf } from '../../../../surveys/golden-ear/rounds/result.ts';
import { times } from '../../../support/long-form.ts';
import { randomScan } from './answers.ts';
import { independentScore } from './independent-score.ts';

const definition = catalogue.find(({ survey }) => survey.key === 'golden-ear-quickscan');
const survey = describeSurvey(definition as SurveyDefinition, 1, {});
const questions = withExactParts(measuredQuestions(survey), survey);
const place = {
  department: 'parks',
  channel: 'website',
  product: '',
  stage: '',
  mode: 'web',
  month: '2026-03',
};

/** The way of a round without the store: histograms, what may be shown, published figures, score. */
function productScore(scans: Answers[]) {
  const histograms: Record<string, Histogram> = {};
  for (const scan of scans) {
    for (const [key, answer] of Object.entries({ ...scan, ...derive(survey, scan) })) {
      histograms[key] ??= {};
      histograms[key][String(answer)] = (histograms[key][String(answer)] ?? 0) + 1;
    }
  }
  const figures = Object.fromEntries(
    questions.flatMap((question) => {
      const facts = emptyFacts(question.bins);
      addFacts(facts, placeOf(place), histograms[question.key] ?? {});
      const plan = planGroups({ tables: roundTables, floor: 5, facts, withheld: () => false });
      const entry = plan.entries.findIndex(({ id }) => id === 'department|parks|2026-03|2026');
      if (plan.hidden[entry] === 1) return [];
      const row = figuresOf(question, histograms[question.key]!, 0.8) as AggregateRow;
      const figure = figureOf(survey, question, row);
      return figure ? [[question.key, figure] as const] : [];
    }),
  );
  const points = pointsOf(survey.derived, figures);
  return { figures, points, score: goldenEarScore(survey.derived, points) };
}

const rounds = times('RANDOM_ROUNDS', { short: 100, long: 1_000 });

describe(`The score of ${rounds} random rounds`, () => {
  it('is what an independent implementation gets from the raw answers', () => {
    const random = seededRandom(2_022);
    const seen = { scored: 0, without: 0 };
    for (let round = 0; round < rounds; round += 1) {
      const size = 1 + Math.floor(random() * 25);
      const skip = random() * 0.5;
      const scans = Array.from({ length: size }, () => randomScan(random, skip));
      const [product, expected] = [productScore(scans), independentScore(scans)];
      for (const [area, points] of Object.entries(expected.areas)) {
        if (points === undefined) expect(product.points[area], `${round} ${area}`).to.equal(undefined);
        else expect(product.points[area], `${round} ${area}`).to.be.closeTo(points, 1e-6);
      }
      for (const [key, mean] of Object.entries(expected.statements)) {
        if (mean === undefined) expect(product.figures[key], `${round} ${key}`).to.equal(undefined);
        else expect(product.figures[key]!.mean, `${round} ${key}`).to.be.closeTo(mean, 1e-9);
      }
      expect(product.score?.level.key, String(round)).to.equal(expected.level);
      if (expected.total === undefined) {
        seen.without += 1;
        expect(product.score, String(round)).to.equal(undefined);
      } else {
        seen.scored += 1;
        expect(product.score!.total, String(round)).to.equal(Math.round(expected.total * 10 + 1e-7) / 10);
      }
      if (size < 5) expect(product.figures, String(round)).to.deep.equal({});
    }
    expect(seen.scored).to.be.above(rounds / 4);
    expect(seen.without).to.be.above(rounds / 4);
  });
});
