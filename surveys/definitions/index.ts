export type {
  LocalisedText,
  Section,
  Stage,
  SurveyDefinition,
  SurveyKeyword,
} from '../../schemas/generated/survey-definition.ts';
export { checkDefinition } from './check/index.ts';
export { type Answer, type Answers, type Derived, derive } from './derived.ts';
export type { PublishedSurvey, Question } from './published-survey.ts';
export * from './scales.ts';
export {
  listSurveys,
  publishCatalogue,
  publishedSurvey,
  publishSurvey,
} from './survey-versions.ts';
export { textIn } from './text.ts';
