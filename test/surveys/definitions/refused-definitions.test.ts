// biome-ignore-all lint/suspicious/noThenProperty: "then" is a keyword of JSON Schema
import { expect } from 'chai';
import { type Draft, faultsAfter } from './drafts.ts';

describe('the check of a survey definition refuses', () => {
  const cases: [name: string, change: (draft: Draft) => void, expected: string[]][] = [
    [
      'a keyword it does not know',
      (draft) => {
        draft.properties.grade.question.colour = 'red';
        draft.properties.why.pattern = '(a+)+$';
        draft.survey.scales.level.reversed = true;
        draft.if.properties.grade.$ref = 'https://example.org/elsewhere';
      },
      [
        'unknownVocabulary /properties/grade/question/colour',
        'unknownVocabulary /properties/why/pattern',
        'unknownVocabulary /if/properties/grade/$ref',
        'unknownVocabulary /survey/scales/level/reversed',
      ],
    ],
    [
      'a text without Dutch',
      (draft) => {
        draft.properties.grade.question.text = { en: 'What grade?' };
        draft.survey.scales.helped.options[1].label = {};
        draft.survey.derived[0].title = { en: 'Together' };
      },
      [
        'missingDutch /properties/grade/question/text/nl',
        'missingDutch /survey/derived/0/title/nl',
        'missingDutch /survey/scales/helped/options/1/label/nl',
      ],
    ],
    [
      'a name that is no key, or that every object has already',
      (draft) => {
        draft.properties['given-name'] = draft.properties.first;
        draft.properties.constructor = draft.properties.first;
      },
      ['badKey /properties/given-name', 'badKey /properties/constructor'],
    ],
    [
      'an unknown scale, and a scale of an unknown kind',
      (draft) => {
        draft.properties.why.question.scale = 'story';
        draft.survey.scales.level = { kind: 'stars' };
      },
      ['unknownScaleKind /survey/scales/level', 'unknownScale /properties/why/question/scale'],
    ],
    [
      'a schema that is not that of its scale',
      (draft) => {
        draft.properties.grade.maximum = 100;
        draft.properties.helped.enum = ['yes', 'no', 'maybe'];
        delete draft.properties.why.maxLength;
      },
      [
        'scaleMismatch /properties/grade',
        'scaleMismatch /properties/why',
        'scaleMismatch /properties/helped',
      ],
    ],
    [
      'bands, limits and labels that are not of the scale',
      (draft) => {
        Object.assign(draft.survey.scales.grade, {
          bands: [
            [1, 5],
            [7, 10],
          ],
          satisfiedFrom: 11,
          dissatisfiedTo: 11,
          labels: { 12: { nl: 'twaalf' } },
        });
        draft.survey.scales.helped.satisfied = ['yes', 'no', 'perhaps'];
      },
      [
        'unknownValue /survey/scales/grade/labels/12',
        'badBands /survey/scales/grade/bands',
        'unknownValue /survey/scales/grade/dissatisfiedTo',
        'unknownValue /survey/scales/grade/satisfiedFrom',
        'overlap /survey/scales/grade/dissatisfiedTo',
        'unknownOption /survey/scales/helped/satisfied/2',
        'overlap /survey/scales/helped/dissatisfied/0',
      ],
    ],
    [
      'values that are not consecutive, and an option that is there twice',
      (draft) => {
        draft.survey.scales.level.values = [0, 2, 3];
        draft.survey.scales.helped.options[1].key = 'no';
        draft.survey.scales.helped.satisfied = [];
        draft.properties.helped.enum = ['no', 'yes'];
      },
      [
        'badValues /survey/scales/level/values',
        'duplicate /survey/scales/helped/options/1/key',
        'scaleMismatch /properties/helped',
      ],
    ],
    [
      'weights that are not 100 together',
      (draft) => {
        draft.survey.derived[0].weight = 90;
      },
      ['weights /survey/derived'],
    ],
    [
      'a derived score of unknown questions, of too few, or of a scale that does not start at 0',
      (draft) => {
        draft.survey.derived = [
          { key: 'one', title: { nl: 'Een' }, from: ['first', 'third'], minAnswered: 3, weight: 50 },
          { key: 'two', title: { nl: 'Twee' }, from: ['grade'], minAnswered: 1, weight: 30 },
          { key: 'three', title: { nl: 'Drie' }, from: ['first', 'grade'], minAnswered: 1, weight: 20 },
        ];
      },
      [
        'unknownQuestion /survey/derived/0/from/1',
        'maximum /survey/derived/0/minAnswered',
        'derivedScale /survey/derived/1/from',
        'derivedScale /survey/derived/2/from',
      ],
    ],
    [
      'a derived score with the name of a question or of another one',
      (draft) => {
        const [derived] = draft.survey.derived;
        draft.survey.derived = ['grade', 'twice', 'twice', 'once'].map((key) => ({
          ...derived,
          key,
          weight: 25,
        }));
      },
      ['duplicate /survey/derived/0/key', 'duplicate /survey/derived/2/key'],
    ],
    [
      'sections that are there twice, unknown, empty, forgotten or in another order',
      (draft) => {
        draft.survey.sections = ['start', 'end', 'end', 'nothing'].map((key) => ({
          key,
          title: { nl: key },
        }));
        const sections = ['end', 'start', 'middle', undefined, 'start', 'end'];
        Object.values<Draft>(draft.properties).forEach((answer, index) => {
          answer.question.section = sections[index];
        });
        delete draft.properties.moment.question.section;
      },
      [
        'unknownSection /properties/helped/question/section',
        'missingSection /properties/moment/question/section',
        'sectionOrder /properties/why/question/section',
        'sectionOrder /properties/first/question/section',
        'emptySection /survey/sections/3',
        'duplicate /survey/sections/2/key',
      ],
    ],
    [
      'conditions on, and consequences for, questions that do not exist',
      (draft) => {
        draft.if.required = ['mark'];
        draft.else.properties = { whyNot: false };
        draft.dependentRequired = { helped: ['reason'] };
      },
      [
        'unknownQuestion /then',
        'unknownQuestion /else',
        'unknownQuestion /else/properties/whyNot',
        'unknownQuestion /dependentRequired/helped/required/0',
      ],
    ],
    [
      'a condition that no answers meet',
      (draft) => {
        draft.if.properties.grade = { minimum: 11 };
      },
      ['unreachableCondition /then', 'unreachableCondition /properties/why'],
    ],
    [
      'a question that conditions keep out of reach together',
      (draft) => {
        draft.allOf.push({ if: { required: ['grade'] }, then: { properties: { why: false } } });
      },
      ['unreachableCondition /properties/why'],
    ],
    [
      'a condition on a question that is left out just then',
      (draft) => {
        draft.allOf.push({
          if: { properties: { grade: { minimum: 9 } }, required: ['grade', 'why'] },
          then: { properties: { moment: false } },
        });
      },
      ['unreachableCondition /allOf/1/then'],
    ],
    [
      'a question that depends on a later one',
      (draft) => {
        draft.allOf[0].else.properties = { grade: false };
      },
      ['laterQuestion /allOf/0/else/properties/grade'],
    ],
    [
      'a required question that not everybody is asked',
      (draft) => {
        draft.required = ['helped', 'why'];
        draft.then.required = ['moment'];
        draft.properties.grade.question.off = true;
        draft.dependentRequired = { first: ['grade'] };
      },
      [
        'requiredNotAsked /required/0',
        'requiredNotAsked /required/1',
        'requiredNotAsked /dependentRequired/first/required/0',
        'requiredNotAsked /then/required',
      ],
    ],
    [
      'conditions that look at too many questions at once',
      (draft) => {
        const keys = Array.from({ length: 6 }, (_, index) => `g${index}`);
        for (const key of keys) draft.properties[key] = draft.properties.grade;
        const last = draft.properties.second;
        delete draft.properties.second;
        draft.properties.second = last;
        draft.allOf.push({ if: { required: keys }, then: { properties: { second: false } } });
      },
      ['tooManyCombinations /allOf/1/then'],
    ],
  ];

  for (const [name, change, expected] of cases) {
    it(name, () => {
      expect(faultsAfter(change)).to.have.members(expected);
    });
  }
});
