import type {
  FieldMapping,
  ResponseMapping,
  ValueTable,
} from '../../../schemas/generated/response-mapping.ts';
import schema from '../../../schemas/response-mapping.schema.json' with { type: 'json' };
import { escapePointer, type Fault, type Validation, validator } from '../../../schemas/validate.ts';
import { binsOf, type PublishedSurvey } from '../../definitions/index.ts';

const check = validator<ResponseMapping>(schema);

/** Where a question comes from: a column, or a name in the question column of a long file. */
export interface QuestionSource {
  pointer: string;
  question: string;
  values: ValueTable | undefined;
}

/** A mapping that crossed the border, by its schema. */
export function checkResponseMapping(value: unknown): Validation<ResponseMapping> {
  return check(value);
}

/** Every question that a mapping fills, with where it says so. */
function questionsOf({ columns, long }: ResponseMapping): QuestionSource[] {
  const inColumns = (columns ?? []).map(({ question, values }, index) => ({
    pointer: `/columns/${index}`,
    question,
    values,
  }));
  const inRows = Object.entries(long?.questions ?? {}).map(([name, { question, values }]) => ({
    pointer: `/long/questions/${escapePointer(name)}`,
    question,
    values,
  }));
  return [...inColumns, ...inRows];
}

/** What does not fit the survey: questions that it lacks, and answers in tables that are not on the question's scale. */
export function faultsAgainst(mapping: ResponseMapping, survey: PublishedSurvey): Fault[] {
  return questionsOf(mapping).flatMap(({ pointer, question, values = {} }): Fault[] => {
    const asked = survey.questions.find(({ key }) => key === question);
    if (!asked) {
      return [
        {
          pointer: `${pointer}/question`,
          code: 'unknownQuestion',
          detail: `is no question of ${survey.key}`,
        },
      ];
    }
    if (asked.scale.kind === 'text') return [];
    const bins = binsOf(asked.scale);
    return Object.entries(values)
      .filter(([, answer]) => !bins.includes(String(answer)))
      .map(([text]) => ({
        pointer: `${pointer}/values/${escapePointer(text)}`,
        code: 'scale',
        detail: `is not on the scale of ${question}: ${span(bins)}`,
      }));
  });
}

/** Every column that a mapping names. */
export function columnsOf({ answerDate, fields, columns, long }: ResponseMapping): Set<string> {
  const of = (field: FieldMapping | undefined) => (field && 'column' in field ? [field.column] : []);
  return new Set([
    ...of(answerDate),
    ...Object.values(fields).flatMap(of),
    ...(columns ?? []).map(({ column }) => column),
    ...(long ? [long.person, long.question, long.answer] : []),
  ]);
}

/** `1 to 5`, or the options. */
function span(bins: string[]): string {
  const isNumbers = bins.every((bin) => /^\d+$/.test(bin));
  return isNumbers ? `${bins[0]} to ${bins.at(-1)}` : bins.join(', ');
}
