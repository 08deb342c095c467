import type { AnswerSchema, ScaleKeyword } from '../../../schemas/generated/survey-definition.ts';
import type { Fault } from '../../../schemas/validate.ts';
import { numbersOf } from '../scales.ts';
import type { Outline, Part } from './outline.ts';

/** Questions that don't fit the scales and sections they name, and sections and stages that don't fit together. */
export function questionFaults(outline: Outline): Fault[] {
  return [
    ...outline.questions.flatMap((question) => [
      ...scaleOfQuestion(question, outline),
      ...sectionOfQuestion(question, outline),
    ]),
    ...sectionOrder(outline),
    ...emptySections(outline),
    ...duplicates(outline.sections),
    ...duplicates(outline.stages),
  ];
}

function scaleOfQuestion(
  { pointer, value: answer }: Part<AnswerSchema>,
  { scales, names }: Outline,
): Fault[] {
  const name = answer.question.scale;
  if (!names.scales.has(name)) {
    const detail = `survey.scales has no "${name}"`;
    return [{ pointer: `${pointer}/question/scale`, code: 'unknownScale', detail }];
  }
  const scale = scales.find(({ key }) => key === name);
  if (scale === undefined || fits(answer, scale.value)) return [];
  const detail = `the schema of the answer is not that of the scale: ${JSON.stringify(schemaOf(scale.value))}`;
  return [{ pointer, code: 'scaleMismatch', detail }];
}

/** Whether a validator that knows nothing of scales accepts exactly the answers of the scale. */
function fits(answer: AnswerSchema, scale: ScaleKeyword): boolean {
  const { $comment: _comment, question: _question, ...schema } = answer;
  const { minLength: _minLength, ...wanted } = schema;
  if (scale.kind === 'text') {
    return schema.type === 'string' && schema.maxLength !== undefined && Object.keys(wanted).length === 2;
  }
  const expected: Record<string, unknown> = schemaOf(scale);
  const given: Record<string, unknown> = schema;
  return (
    Object.keys(given).length === Object.keys(expected).length &&
    Object.entries(expected).every(([key, value]) => JSON.stringify(given[key]) === JSON.stringify(value))
  );
}

function schemaOf(scale: ScaleKeyword): Record<string, unknown> {
  if (scale.kind === 'text') return { type: 'string', maxLength: 2000 };
  if (scale.kind === 'choice') return { type: 'string', enum: scale.options.map((option) => option.key) };
  const numbers = numbersOf(scale);
  return { type: 'integer', minimum: numbers[0], maximum: numbers.at(-1) };
}

function sectionOfQuestion({ pointer, value }: Part<AnswerSchema>, { names }: Outline): Fault[] {
  const { section } = value.question;
  if (section === undefined) {
    if (names.sections.size === 0) return [];
    const detail = 'in a survey with sections every question is in one';
    return [{ pointer: `${pointer}/question/section`, code: 'missingSection', detail }];
  }
  if (names.sections.has(section)) return [];
  const detail = `survey.sections has no "${section}"`;
  return [{ pointer: `${pointer}/question/section`, code: 'unknownSection', detail }];
}

/** Questions stand in the order of their sections, so that all readers number them alike. */
function sectionOrder({ questions, names }: Outline): Fault[] {
  const order = [...names.sections];
  let last = 0;
  return questions.flatMap(({ pointer, value }) => {
    const place = order.indexOf(value.question.section ?? '');
    if (place < 0) return [];
    if (place >= last) {
      last = place;
      return [];
    }
    const detail = 'questions stand in the order of their sections';
    return [{ pointer: `${pointer}/question/section`, code: 'sectionOrder', detail }];
  });
}

function emptySections({ sections, questions, names }: Outline): Fault[] {
  if (questions.length < names.questions.size) return [];
  const used = new Set(questions.map(({ value }) => value.question.section));
  return sections
    .filter(({ key }) => !used.has(key))
    .map(({ pointer }) => ({ pointer, code: 'emptySection', detail: 'no question is in this section' }));
}

export function duplicates(parts: Part<unknown>[]): Fault[] {
  const seen = new Set<string>();
  return parts.flatMap(({ key, pointer }) => {
    if (seen.has(key)) {
      return [{ pointer: `${pointer}/key`, code: 'duplicate', detail: `"${key}" is there already` }];
    }
    seen.add(key);
    return [];
  });
}
