import type { SurveyDefinition } from '../../schemas/generated/survey-definition.ts';

/**
 * The plain JSON Schema of an answer set: the definition without our two keywords, which are annotations and
 * stand at the root and at the properties only.
 */
export function answerSchemaOf(definition: SurveyDefinition): Record<string, unknown> {
  const { survey: _survey, ...schema } = definition;
  const properties = Object.entries(definition.properties).map(
    ([key, { question: _question, ...answer }]) => [key, answer],
  );
  return { ...schema, properties: Object.fromEntries(properties) };
}
