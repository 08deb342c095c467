import { expect } from 'chai';
import fc from 'fast-check';
import type { SurveyDefinition } from '../../../schemas/generated/survey-definition.ts';
import { catalogue } from '../../../surveys/catalog/index.ts';
import { binsOf, derive, valueOfBin } from '../../../surveys/definitions/index.ts';
import { describeSurvey } from '../../../surveys/definitions/published-survey.ts';

const quickscan = catalogue.find((definition) => definition.survey.key === 'golden-ear-quickscan');
const survey = describeSurvey(quickscan as SurveyDefinition, 1, {});
const sturing = survey.derived[0]!;

describe('a derived score', () => {
  it('is a mean kept as a whole number over a common denominator', () => {
    expect(sturing).to.deep.include({
      from: ['q1', 'q2', 'q3', 'q4'],
      maximum: 3,
      denominator: 12,
      weight: 20,
    });
    expect(derive(survey, { q1: 3, q2: 2, q3: 2, q4: 1 })).to.deep.equal({ sturing: 24 });
    expect(derive(survey, { q1: 1, q2: 1, q4: 2 })).to.deep.equal({ sturing: 16 });
  });

  it('is absent when too few of its questions were answered', () => {
    expect(derive(survey, { q1: 3, q2: 3 })).to.deep.equal({});
    expect(derive(survey, {})).to.deep.equal({});
  });

  it('is weight x mean / 3 in points, and always one of the bins of its scale', () => {
    const answer = fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined });
    fc.assert(
      fc.property(fc.tuple(answer, answer, answer, answer), (given) => {
        const answers = Object.fromEntries(
          given.flatMap((value, index) => (value === undefined ? [] : [[`q${index + 1}`, value]])),
        );
        const levels = given.filter((value) => value !== undefined);
        const numerator = derive(survey, answers).sturing;
        if (levels.length < 3) {
          expect(numerator).to.equal(undefined);
          return;
        }
        const mean = levels.reduce((sum, value) => sum + value, 0) / levels.length;
        expect(binsOf(sturing.scale)).to.include(String(numerator));
        expect(valueOfBin(sturing.scale, String(numerator))).to.be.closeTo((20 * mean) / 3, 1e-12);
      }),
    );
  });
});
