// biome-ignore-all lint/suspicious/noThenProperty: "then" is a keyword of JSON Schema
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { describeSurvey } from '../../../surveys/definitions/published-survey.ts';
import { sampleDefinition } from '../../support/definition.ts';

const survey = describeSurvey(sampleDefinition(), 3, { grade: 1 });

function faultsOf(answers: unknown, channel?: string): string[] {
  return survey.validateAnswers(answers, channel).map(({ code, pointer }) => `${code} ${pointer}`);
}

describe('a published survey', () => {
  it('lists its questions in order, with their scales and since when they mean what they mean', () => {
    expect(survey.questions.map(({ key }) => key)).to.deep.equal([
      'grade',
      'why',
      'helped',
      'moment',
      'first',
      'second',
    ]);
    expect(survey.questions[0]).to.deep.include({ scaleKey: 'grade', since: 1, off: false });
    expect(survey.questions[1]).to.deep.include({ scale: { kind: 'text' }, since: 3, maxLength: 500 });
  });

  describe('the questions it asks', () => {
    it('are those without a condition at first', () => {
      expect([...survey.askedKeys({ answers: {} })]).to.deep.equal(['grade', 'helped', 'first', 'second']);
    });

    it('grow with the answers', () => {
      expect(survey.askedKeys({ answers: { grade: 4 } }).has('why')).to.equal(true);
      expect(survey.askedKeys({ answers: { grade: 6 } }).has('why')).to.equal(false);
      expect(survey.askedKeys({ answers: { grade: 4, helped: 'no' } }).has('moment')).to.equal(true);
    });

    it('depend on the channel', () => {
      expect(survey.askedKeys({ channel: 'counter', answers: {} }).has('helped')).to.equal(true);
      expect(survey.askedKeys({ channel: 'website', answers: {} }).has('helped')).to.equal(false);
    });

    it('can be limited to some channels, or be off', () => {
      const definition = sampleDefinition();
      definition.properties.first!.question.channels = { only: ['phone'] };
      definition.properties.second!.question.off = true;
      const asked = (channel: string) =>
        describeSurvey(definition, 1, {}).askedKeys({ channel, answers: {} });
      expect([...asked('phone')]).to.deep.equal(['grade', 'helped', 'first']);
      expect([...asked('counter')]).to.deep.equal(['grade', 'helped']);
    });

    it('leave out what follows from an answer that is left out itself', () => {
      const definition = sampleDefinition();
      definition.dependentSchemas = { why: { properties: { first: false } } };
      const { askedKeys } = describeSurvey(definition, 1, {});
      expect(askedKeys({ answers: { grade: 2, why: 'Traag' } }).has('first')).to.equal(false);
      expect(askedKeys({ answers: { grade: 9, why: 'Traag' } }).has('first')).to.equal(true);
    });

    it('follow conditions inside conditions', () => {
      const definition = sampleDefinition();
      definition.allOf![0]!.then = {
        if: { properties: { grade: { enum: [1, 2] } }, required: ['grade'] },
        else: { properties: { moment: false } },
      };
      const { askedKeys } = describeSurvey(definition, 1, {});
      expect(askedKeys({ answers: { grade: 2, helped: 'no' } }).has('moment')).to.equal(true);
      expect(askedKeys({ answers: { grade: 3, helped: 'no' } }).has('moment')).to.equal(false);
      expect(askedKeys({ answers: { grade: 2, helped: 'yes' } }).has('moment')).to.equal(false);
    });
  });

  describe('the answers it takes', () => {
    it('are those that fit, and any of them may be missing', () => {
      expect(faultsOf({ grade: 4, why: 'Het duurde lang.', helped: 'yes' })).to.deep.equal([]);
      expect(faultsOf({ second: 0 })).to.deep.equal([]);
    });

    it('are not none at all', () => {
      expect(faultsOf({})).to.deep.equal(['minProperties ']);
    });

    it('are told all their faults at once', () => {
      const answers = { grade: 11, helped: 'maybe', first: 1.5, second: '2', colour: 'red' };
      expect(faultsOf(answers)).to.have.members([
        'maximum /grade',
        'enum /helped',
        'type /first',
        'type /second',
        'additionalProperties /colour',
      ]);
    });

    it('are not to questions that are left out under a condition', () => {
      expect(faultsOf({ grade: 8, why: 'Zomaar' })).to.deep.equal(['notAsked /why']);
      expect(faultsOf({ why: 'Zomaar', moment: 'Nooit' })).to.have.members([
        'notAsked /why',
        'notAsked /moment',
      ]);
    });

    it('are not to questions that are off or not for the channel', () => {
      expect(faultsOf({ helped: 'yes' }, 'website')).to.deep.equal(['notAsked /helped']);
      const definition = sampleDefinition();
      definition.properties.grade!.question.off = true;
      const faults = describeSurvey(definition, 1, {}).validateAnswers({ grade: 7 });
      expect(faults).to.deep.equal([
        { pointer: '/grade', code: 'notAsked', detail: 'this question is not asked here' },
      ]);
    });

    it('are not what breaks programs', () => {
      expect(faultsOf(JSON.parse('{"__proto__": {"polluted": true}, "grade": 7}'))).to.deep.equal([
        'additionalProperties /__proto__',
      ]);
      expect(faultsOf(JSON.parse('{"constructor": 1, "$where": "1", "grade": {"$gt": 0}}'))).to.have.members([
        'additionalProperties /constructor',
        'additionalProperties /$where',
        'type /grade',
      ]);
      for (const answers of [null, undefined, [], 'grade=7', 7]) {
        expect(faultsOf(answers)).to.deep.equal(['type ']);
      }
    });

    it('may be required under a condition', () => {
      const definition = sampleDefinition();
      definition.then = { required: ['why'] };
      const { validateAnswers } = describeSurvey(definition, 1, {});
      expect(validateAnswers({ grade: 3 }).map(({ code, pointer }) => code + pointer)).to.deep.equal([
        'required/why',
      ]);
      expect(validateAnswers({ grade: 9 })).to.deep.equal([]);
    });
  });

  it('gives a schema that a strict validator without our vocabulary understands, and agrees with', () => {
    const strict = new Ajv2020({ strict: true, strictTypes: false }).compile(survey.answerSchema());
    expect(strict({ grade: 4, why: 'Traag' })).to.equal(true);
    expect(strict({ grade: 8, why: 'Traag' })).to.equal(false);
  });

  it('is itself a schema for a validator that ignores what it does not know', () => {
    const lenient = new Ajv2020({ strict: false }).compile(survey.definition);
    expect(lenient({ grade: 4, why: 'Traag' })).to.equal(true);
    expect(lenient({ grade: 8, why: 'Traag' })).to.equal(false);
  });
});
