import type {
  AnswerSchema,
  DerivedKeyword,
  ScaleKeyword,
  Section,
  Stage,
  SurveyDefinition,
} from '../../../schemas/generated/survey-definition.ts';
import { escapePointer, type Fault } from '../../../schemas/validate.ts';

export interface Part<T> {
  key: string;
  pointer: string;
  value: T;
}

/**
 * The parts of a definition whose form is right, so that rules about meaning can be checked, and their faults
 * told, while other parts still have faults of form.
 */
export interface Outline {
  questions: Part<AnswerSchema>[];
  scales: Part<ScaleKeyword>[];
  derived: Part<DerivedKeyword>[];
  sections: Part<Section>[];
  stages: Part<Stage>[];
  /** All names that the definition gives, also to parts with faults. */
  names: { questions: Set<string>; scales: Set<string>; sections: Set<string> };
  conditions: Pick<SurveyDefinition, (typeof conditionKeywords)[number]>;
}

const conditionKeywords = [
  'required',
  'dependentRequired',
  'dependentSchemas',
  'allOf',
  'if',
  'then',
  'else',
] as const;

/** A part with one of these is still usable: it only has a keyword too many or a text too few. */
const harmless = ['unknownVocabulary', 'missingDutch'];

/**
 * `faults` are the faults of form of the same definition. The casts are sound because the meta-schema found
 * nothing wrong at or under the part's pointer.
 */
export function outlineOf(definition: unknown, faults: Fault[]): Outline {
  const root = recordOf(definition);
  const survey = recordOf(root.survey);
  const grave = faults.filter(({ code }) => !harmless.includes(code));

  function sound<T>(pointer: string, entries: [string, unknown][], keyOf = byName): Part<T>[] {
    return entries
      .map(([name, value]) => ({
        key: keyOf(name, value),
        pointer: `${pointer}/${escapePointer(name)}`,
        value: value as T,
      }))
      .filter((part) => !grave.some((fault) => isAtOrUnder(fault.pointer, part.pointer)));
  }

  const properties = Object.entries(recordOf(root.properties));
  const scales = Object.entries(recordOf(survey.scales));
  const sections = entriesOf(survey.sections);
  const conditions = Object.fromEntries(
    conditionKeywords
      .filter((keyword) => root[keyword] !== undefined)
      .map((keyword) => [keyword, root[keyword]]),
  );
  const conditionsAreSound = !faults.some(({ pointer }) =>
    conditionKeywords.some((keyword) => isAtOrUnder(pointer, `/${keyword}`)),
  );
  return {
    questions: sound('/properties', properties),
    scales: sound('/survey/scales', scales),
    derived: sound('/survey/derived', entriesOf(survey.derived), byKey),
    sections: sound('/survey/sections', sections, byKey),
    stages: sound('/survey/stages', entriesOf(survey.stages), byKey),
    names: {
      questions: new Set(properties.map(([key]) => key)),
      scales: new Set(scales.map(([key]) => key)),
      sections: new Set(sections.map(([name, value]) => byKey(name, value))),
    },
    conditions: conditionsAreSound ? (conditions as Outline['conditions']) : {},
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function recordOf(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

function entriesOf(value: unknown): [string, unknown][] {
  return Array.isArray(value) ? value.map((item, index) => [String(index), item]) : [];
}

function byName(name: string, _value: unknown): string {
  return name;
}

function byKey(_index: string, value: unknown): string {
  return String(recordOf(value).key);
}

function isAtOrUnder(pointer: string, part: string): boolean {
  return pointer === part || pointer.startsWith(`${part}/`);
}
