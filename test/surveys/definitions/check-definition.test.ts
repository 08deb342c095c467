import { expect } from 'chai';
import fc from 'fast-check';
import { checkDefinition } from '../../../surveys/definitions/index.ts';
import { describeSurvey } from '../../../surveys/definitions/published-survey.ts';
import { sampleDefinition } from '../../support/definition.ts';
import { type Draft, faultsAfter, withMeaning } from './drafts.ts';

describe('the check of a survey definition', () => {
  it('finds nothing wrong with a good definition', () => {
    expect(faultsAfter(() => {})).to.deep.equal([]);
  });

  it('tells faults of form and of meaning together', () => {
    const faults = faultsAfter((draft) => {
      withMeaning(draft);
      draft.properties.grade.question.txt = 'typo';
      delete draft.properties.grade.question.meaning;
      draft.survey.title = {};
      draft.survey.derived[0].weight = 1;
      draft.if.properties.grade = { maximum: 0 };
    }, sampleDefinition());
    expect(faults).to.have.members([
      'unknownVocabulary /properties/grade/question/txt',
      'missingDutch /survey/title/nl',
      'weights /survey/derived',
      'unreachableCondition /then',
      'unreachableCondition /properties/why',
      'missingMeaning /properties/grade/question/meaning',
    ]);
  });

  describe('against the version before', () => {
    it('wants "same" or "new" of every question that was there, and of no other', () => {
      const faults = faultsAfter((draft) => {
        withMeaning(draft);
        delete draft.properties.why.question.meaning;
        draft.properties.extra = draft.properties.moment;
      }, sampleDefinition());
      expect(faults).to.deep.equal([
        'missingMeaning /properties/why/question/meaning',
        'sameAsNothing /properties/extra/question/meaning',
      ]);
    });

    it('refuses "same" for a scale that counts differently', () => {
      const change = (draft: Draft) => {
        withMeaning(draft);
        draft.survey.scales.level.values = [0, 1, 2, 3, 4];
        draft.properties.first.maximum = 4;
        draft.properties.second.maximum = 4;
        draft.survey.scales.helped.options[0].score = 0.5;
        draft.properties.first.question.meaning = 'new';
      };
      expect(faultsAfter(change, sampleDefinition())).to.deep.equal([
        'changedScale /properties/helped/question/meaning',
        'changedScale /properties/second/question/meaning',
      ]);
    });

    it('takes "same" for other words, bands, limits, another order of options or another name of the scale', () => {
      const change = (draft: Draft) => {
        withMeaning(draft);
        draft.properties.grade.question.text.nl = 'Welk cijfer geeft u?';
        draft.survey.scales.grade.satisfiedFrom = 8;
        delete draft.survey.scales.grade.bands;
        draft.survey.scales.helped.options.reverse();
        draft.properties.helped.enum.reverse();
        draft.survey.scales.often = draft.survey.scales.level;
        draft.properties.first.question.scale = 'often';
        draft.properties.second.question.scale = 'often';
      };
      expect(faultsAfter(change, sampleDefinition())).to.deep.equal([]);
    });
  });

  it('bears numbers without measure', () => {
    const faults = faultsAfter((draft) => {
      draft.properties.grade.maximum = 1e12;
      draft.survey.scales.level = { kind: 'number', minimum: 0, maximum: 1e12 };
      draft.survey.derived[0].from = Array.from({ length: 5000 }, (_, index) => `none${index}`);
    });
    expect(faults).to.have.members([
      'scaleMismatch /properties/grade',
      'maximum /survey/scales/level/maximum',
      'maxItems /survey/derived/0/from',
    ]);
  });

  it('says something of any JSON, and never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(checkDefinition(value)).not.to.deep.equal([]);
      }),
    );
  });

  it('never throws when any one part is replaced by any JSON, and what it accepts can be used', () => {
    const paths = pathsOf(sampleDefinition());
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue({ maxDepth: 2 }), (path, value) => {
        const draft: Draft = sampleDefinition();
        const parent = path.slice(0, -1).reduce((part, key) => part[key], draft);
        parent[path.at(-1)!] = value;
        if (checkDefinition(draft).length === 0) describeSurvey(draft, 1, {});
      }),
      { numRuns: 500 },
    );
  });
});

function pathsOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => [[...path, key], ...pathsOf(part, [...path, key])]);
}
