import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import type { CustomerJourney } from '../../../schemas/generated/catalog/customer-journey.ts';
import type { LocalisedText, SurveyDefinition } from '../../../schemas/generated/survey-definition.ts';
import { catalogue } from '../../../surveys/catalog/index.ts';
import { checkDefinition } from '../../../surveys/definitions/index.ts';
import { describeSurvey } from '../../../surveys/definitions/published-survey.ts';

const surveys = new Map(
  catalogue.map((definition) => [
    definition.survey.key,
    describeSurvey(definition as SurveyDefinition, 1, {}),
  ]),
);
const journey = surveys.get('customer-journey')!;
const quickscan = surveys.get('golden-ear-quickscan')!;

/** Every text in a definition: the objects that have Dutch. */
function textsOf(value: unknown): LocalisedText[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('nl' in value) return [value as LocalisedText];
  return Object.values(value).flatMap(textsOf);
}

describe('the built-in surveys', () => {
  it('are three instruments in six definitions', () => {
    expect(
      [...surveys.values()].map(({ key, survey }) => [key, survey.instrument, survey.audience]),
    ).to.deep.equal([
      ['customer-journey', 'customer-journey', 'residents'],
      ['client-arena-participant-before', 'client-arena', 'residents'],
      ['client-arena-listener-before', 'client-arena', 'staff'],
      ['client-arena-participant-after', 'client-arena', 'residents'],
      ['client-arena-listener-after', 'client-arena', 'staff'],
      ['golden-ear-quickscan', 'golden-ear', 'staff'],
    ]);
  });

  for (const definition of catalogue) {
    describe(definition.survey.key, () => {
      it('has no faults', () => {
        expect(checkDefinition(definition)).to.deep.equal([]);
      });

      it('is a valid JSON Schema for any validator', () => {
        const ajv = new Ajv2020({ strict: false });
        expect(ajv.validateSchema(definition), ajv.errorsText()).to.equal(true);
      });

      it('says everything in Dutch and in English', () => {
        for (const text of textsOf(definition)) expect(Object.keys(text)).to.deep.equal(['nl', 'en']);
      });

      it('has a label for both ends of every scale of choices', () => {
        for (const { scale } of surveys.get(definition.survey.key)!.questions) {
          if (scale.kind !== 'number' || !('values' in scale)) continue;
          expect(scale.labels).to.include.keys(String(scale.values[0]), String(scale.values.at(-1)));
        }
      });
    });
  }

  it('ask a visitor of the website not how we listened', () => {
    const asked = [...journey.askedKeys({ channel: 'website', answers: {} })];
    expect(asked).to.deep.equal(['overall', 'ease', 'clarity', 'leadTime', 'result', 'trust', 'comment']);
    expect([...journey.askedKeys({ channel: 'counter', answers: {} })]).to.include.members([
      'listening',
      'treatment',
    ]);
  });

  it('do not ask yet whether we shall call back, and take no number', () => {
    expect([...journey.askedKeys({ answers: { callback: 'yes' } })]).to.not.include.members([
      'callback',
      'callbackNumber',
    ]);
    const faults = journey.validateAnswers({ callback: 'yes', callbackNumber: '0365399911' });
    expect(faults.map(({ code, pointer }) => code + pointer)).to.deep.equal([
      'notAsked/callback',
      'notAsked/callbackNumber',
    ]);
  });

  it('have types made of them', () => {
    const answers: CustomerJourney = {
      overall: 8,
      listening: 4,
      result: 'yes',
      comment: 'Vriendelijk geholpen.',
    };
    expect(journey.validateAnswers(answers, 'phone')).to.deep.equal([]);
  });

  it('hold 36 statements with tips, four in each of nine areas that weigh 100', () => {
    const statements = quickscan.questions.filter(({ scaleKey }) => scaleKey === 'level');
    expect(statements.map(({ key }) => key)).to.deep.equal(
      Array.from({ length: 36 }, (_, index) => `q${index + 1}`),
    );
    for (const statement of statements) expect(statement.tip).to.have.keys('nl', 'en');
    expect(quickscan.derived.map(({ key, weight }) => [key, weight])).to.deep.equal([
      ['sturing', 20],
      ['medewerkers', 20],
      ['stemVanDeKlant', 10],
      ['middelen', 10],
      ['leren', 10],
      ['vertrouwen', 10],
      ['verbetering', 10],
      ['verbondenMedewerkers', 5],
      ['meerwaarde', 5],
    ]);
    for (const { key, from, minAnswered } of quickscan.derived) {
      expect(minAnswered).to.equal(3);
      expect(statements.filter(({ section }) => section === key).map((one) => one.key)).to.deep.equal(from);
    }
  });

  it('ask for an estimate from 0 to 100 that is part of no score', () => {
    const estimate = quickscan.questions.at(-1)!;
    expect(estimate).to.deep.include({ key: 'estimate', dimension: 'listening' });
    expect(quickscan.derived.flatMap(({ from }) => from)).to.not.include('estimate');
    expect(quickscan.validateAnswers({ estimate: 100 })).to.deep.equal([]);
    expect(quickscan.validateAnswers({ estimate: 101 })).to.have.length(1);
  });
});
