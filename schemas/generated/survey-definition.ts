/* Made from schemas/survey-definition.schema.json by "npm run generate". Do not edit. */

export type KebabKey = string;
export type Keys = string[];
/**
 * @minItems 1
 */
export type Branches = [Branch, ...Branch[]];
/**
 * @minItems 1
 */
export type Tests = [Test, ...Test[]];
/**
 * A name that is safe as a form field, a property and a part of a stored path.
 */
export type Key = string;
export type ScaleKeyword = RatingScale | RangeScale | ChoiceScale | TextScale;
/**
 * Published groups of values, first and last of each, in order and without gaps.
 *
 * @minItems 1
 */
export type Bands = [[number, number], ...[number, number][]];

/**
 * Meta-schema of a survey: a JSON Schema 2020-12 of one answer set, in a small part of that dialect, with two annotations of our own: `survey` at the root and `question` at each property. Explained in docs/survey-definitions.md.
 */
export interface SurveyDefinition {
  $schema: 'https://json-schema.org/draft/2020-12/schema';
  $comment?: string;
  title: string;
  description?: string;
  type: 'object';
  additionalProperties: false;
  minProperties: 1;
  properties: {
    [k: string]: AnswerSchema;
  };
  required?: Keys;
  dependentRequired?: DependentRequired;
  dependentSchemas?: DependentSchemas;
  allOf?: Branches;
  if?: Test;
  then?: Branch;
  else?: Branch;
  survey: SurveyKeyword;
}
/**
 * The schema of one answer. It agrees with the scale that its question names.
 */
export interface AnswerSchema {
  $comment?: string;
  type: 'integer' | 'string';
  minimum?: number;
  maximum?: number;
  /**
   * @minItems 2
   */
  enum?: [string, string, ...string[]];
  minLength?: number;
  maxLength?: number;
  question: QuestionKeyword;
}
export interface QuestionKeyword {
  text: LocalisedText;
  help?: LocalisedText;
  tip?: LocalisedText;
  /**
   * A name that is safe as a form field, a property and a part of a stored path.
   */
  dimension: string;
  /**
   * A key of survey.scales.
   */
  scale: string;
  /**
   * A key of survey.sections.
   */
  section?: string;
  /**
   * Compulsory for a key of the version before: are its answers comparable with the new ones?
   */
  meaning?: 'same' | 'new';
  /**
   * The contact channels for which the question is (not) asked. Left out: all of them.
   */
  channels?: {
    /**
     * @minItems 1
     */
    only?: [KebabKey, ...KebabKey[]];
    /**
     * @minItems 1
     */
    not?: [KebabKey, ...KebabKey[]];
  };
  /**
   * Present, but asked of nobody.
   */
  off?: boolean;
}
/**
 * What people read, per locale (BCP 47). Dutch is compulsory; a missing translation falls back to Dutch.
 */
export interface LocalisedText {
  nl: string;
  [k: string]: string;
}
export interface DependentRequired {
  [k: string]: Keys;
}
export interface DependentSchemas {
  [k: string]: Branch;
}
/**
 * What follows from a condition: which questions are not asked (`false`) and which must be answered.
 */
export interface Branch {
  $comment?: string;
  properties?: {
    [k: string]: false;
  };
  required?: Keys;
  dependentRequired?: DependentRequired;
  dependentSchemas?: DependentSchemas;
  allOf?: Branches;
  if?: Test;
  then?: Branch;
  else?: Branch;
}
/**
 * A condition on an answer set or on one answer.
 */
export interface Test {
  $comment?: string;
  type?: 'object' | 'integer' | 'number' | 'string';
  const?: string | number;
  /**
   * @minItems 1
   */
  enum?: [string | number, ...(string | number)[]];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  minLength?: number;
  properties?: {
    [k: string]: Test;
  };
  required?: Keys;
  allOf?: Tests;
  anyOf?: Tests;
  oneOf?: Tests;
  not?: Test;
}
export interface SurveyKeyword {
  key: KebabKey;
  instrument: 'customer-journey' | 'client-arena' | 'golden-ear';
  audience: 'residents' | 'staff';
  title: LocalisedText;
  introduction: LocalisedText;
  sections?: Section[];
  /**
   * Stages of a journey in their order. A contact may name one.
   */
  stages?: Stage[];
  scales: {
    [k: string]: ScaleKeyword;
  };
  derived?: DerivedKeyword[];
}
export interface Section {
  key: Key;
  title: LocalisedText;
}
export interface Stage {
  key: KebabKey;
  title: LocalisedText;
}
/**
 * A few consecutive whole numbers, from negative to positive, shown as choices.
 */
export interface RatingScale {
  kind: 'number';
  /**
   * @minItems 2
   */
  values: [number, number, ...number[]];
  labels?: {
    [k: string]: LocalisedText;
  };
  bands?: Bands;
  satisfiedFrom?: number;
  dissatisfiedTo?: number;
}
/**
 * A whole number between two ends, typed in.
 */
export interface RangeScale {
  kind: 'number';
  minimum: number;
  maximum: number;
  bands?: Bands;
  satisfiedFrom?: number;
  dissatisfiedTo?: number;
}
export interface ChoiceScale {
  kind: 'choice';
  /**
   * @minItems 2
   * @maxItems 30
   */
  options: [Option, Option, ...Option[]];
  satisfied?: Keys;
  dissatisfied?: Keys;
}
export interface Option {
  key: Key;
  label: LocalisedText;
  /**
   * Left out: this answer is not scored.
   */
  score?: number;
}
export interface TextScale {
  kind: 'text';
}
/**
 * A score per response: weight x mean of the answered questions / the scale's highest value.
 */
export interface DerivedKeyword {
  key: Key;
  title: LocalisedText;
  /**
   * @minItems 1
   * @maxItems 30
   */
  from: [string, ...string[]];
  minAnswered: number;
  weight: number;
}
