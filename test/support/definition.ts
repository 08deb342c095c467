// biome-ignore-all lint/suspicious/noThenProperty: "then" is a keyword of JSON Schema
import type { SurveyDefinition } from '../../schemas/generated/survey-definition.ts';

/**
 * A small survey without faults, to change in tests. Two questions follow on low scores: `why` on a bad grade,
 * and `moment` on a person who was not helped.
 */
export function sampleDefinition(): SurveyDefinition {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Sample',
    type: 'object',
    additionalProperties: false,
    minProperties: 1,
    properties: {
      grade: {
        type: 'integer',
        minimum: 1,
        maximum: 10,
        question: { text: { nl: 'Welk cijfer?', en: 'What grade?' }, dimension: 'overall', scale: 'grade' },
      },
      why: {
        type: 'string',
        maxLength: 500,
        question: { text: { nl: 'Waarom?' }, dimension: 'comment', scale: 'text' },
      },
      helped: {
        type: 'string',
        enum: ['no', 'yes'],
        question: {
          text: { nl: 'Bent u geholpen?' },
          dimension: 'result',
          scale: 'helped',
          channels: { not: ['website'] },
        },
      },
      moment: {
        type: 'string',
        maxLength: 500,
        question: { text: { nl: 'Waar liep het vast?' }, dimension: 'comment', scale: 'text' },
      },
      first: {
        type: 'integer',
        minimum: 0,
        maximum: 3,
        question: { text: { nl: 'Wij luisteren.' }, dimension: 'listening', scale: 'level' },
      },
      second: {
        type: 'integer',
        minimum: 0,
        maximum: 3,
        question: { text: { nl: 'Wij leren.' }, dimension: 'learning', scale: 'level' },
      },
    },
    if: { properties: { grade: { maximum: 5 } }, required: ['grade'] },
    then: {},
    else: { properties: { why: false } },
    allOf: [
      {
        if: { properties: { helped: { const: 'no' } }, required: ['helped'] },
        then: {},
        else: { properties: { moment: false } },
      },
    ],
    survey: {
      key: 'sample',
      instrument: 'customer-journey',
      audience: 'residents',
      title: { nl: 'Voorbeeld' },
      introduction: { nl: 'Vertel het ons.' },
      scales: {
        grade: {
          kind: 'number',
          values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
          bands: [
            [1, 5],
            [6, 6],
            [7, 7],
            [8, 8],
            [9, 10],
          ],
          satisfiedFrom: 7,
          dissatisfiedTo: 5,
        },
        helped: {
          kind: 'choice',
          options: [
            { key: 'no', label: { nl: 'nee' }, score: 0 },
            { key: 'yes', label: { nl: 'ja' }, score: 1 },
          ],
          satisfied: ['yes'],
          dissatisfied: ['no'],
        },
        level: { kind: 'number', values: [0, 1, 2, 3] },
        text: { kind: 'text' },
      },
      derived: [
        { key: 'together', title: { nl: 'Samen' }, from: ['first', 'second'], minAnswered: 1, weight: 100 },
      ],
    },
  };
}
