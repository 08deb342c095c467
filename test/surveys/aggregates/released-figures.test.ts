import { expect } from 'chai';
import fc from 'fast-check';
import type { SurveyDefinition } from '../../../schemas/generated/survey-definition.ts';
import { measuredQuestions } from '../../../surveys/aggregates/measured-questions.ts';
import { mean, standardDeviation } from '../../../surveys/aggregates/measures.ts';
import { meanWithSpread, shareSatisfied } from '../../../surveys/aggregates/released-figures.ts';
import { figuresOf } from '../../../surveys/aggregates/releases/figures.ts';
import { catalogue } from '../../../surveys/catalog/index.ts';
import { describeSurvey } from '../../../surveys/definitions/published-survey.ts';

const questions = catalogue.flatMap((definition) =>
  measuredQuestions(describeSurvey(definition as SurveyDefinition, 1, {})),
);
const named = (key: string) => questions.find((question) => question.key === key)!;

/** A question, and how often each of its answers was given. */
const answered = fc.constantFrom(...questions).chain((question) =>
  fc.record({
    question: fc.constant(question),
    histogram: fc
      .array(fc.nat(40), { minLength: question.bins.length, maxLength: question.bins.length })
      .map((counts) => Object.fromEntries(question.bins.map((bin, index) => [bin, counts[index]!]))),
  }),
);

describe('figures of a released row', () => {
  it('tell how many are satisfied, exactly', () => {
    const { overall, result } = {
      overall: figuresOf(named('overall'), { 3: 5, 6: 10, 7: 20, 9: 15 }, 0.8),
      result: figuresOf(named('result'), { yes: 20, partly: 5, no: 5, pending: 30 }, 0.8),
    };
    expect(shareSatisfied(named('overall'), overall)).to.deep.equal({ successes: 35, n: 50 });
    expect(shareSatisfied(named('result'), result)).to.deep.equal({ successes: 20, n: 30 });
  });

  it('tell mean and deviation exactly where each band is one answer', () => {
    const histogram = { yes: 20, partly: 5, no: 5, pending: 30 };
    const question = named('result');
    const found = meanWithSpread(question, figuresOf(question, histogram, 0.8))!;
    expect(found).to.include({ n: 30, mean: 0.75 });
    expect(found.deviation).to.be.closeTo(standardDeviation(histogram, question.valueOf)!, 1e-12);
  });

  it('never tell a deviation under the true one, nor a mean further off than its rounding', () => {
    fc.assert(
      fc.property(answered, ({ question, histogram }) => {
        const found = meanWithSpread(question, figuresOf(question, histogram, 0.8));
        const deviation = standardDeviation(histogram, question.valueOf);
        if (!found) {
          expect(deviation).to.equal(undefined);
          return;
        }
        expect(found.deviation).to.be.at.least(deviation! - 1e-9);
        expect(Math.abs(found.mean - mean(histogram, question.valueOf)!)).to.be.at.most(
          (found.rounding ?? 0) + 1e-9,
        );
      }),
    );
  });

  it('tell a deviation at most half as much again as the true one of ordinary grades', () => {
    const histogram = { 1: 2, 3: 3, 5: 10, 6: 20, 7: 60, 8: 70, 9: 25, 10: 10 };
    const found = meanWithSpread(named('overall'), figuresOf(named('overall'), histogram, 0.8))!;
    expect(found.deviation / standardDeviation(histogram, Number)!).to.be.within(1, 1.5);
  });

  it('tell nothing where the row is hidden or of another scale', () => {
    expect(shareSatisfied(named('overall'), {})).to.equal(undefined);
    expect(meanWithSpread(named('overall'), {})).to.equal(undefined);
    expect(meanWithSpread(named('overall'), { mean: 3, distribution: { '1-2': 20 } })).to.equal(undefined);
  });
});
