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
  const detail = `the schema of the answer is not that of the scale: ${JSON.stringify(schemaOf(scale.value, answer))}`;
  return [{ pointer, code: 'scaleMismatch', detail }];
}

/** Whether a validator that knows nothing of scales accepts exactly the answers of the scale. */
function fits(answer: AnswerSchema, scale: ScaleKeyword): boolean {
  const { type, minimum, maximum, minLength, maxLength } = answer;
  const given = { type, minimum, maximum, enum: answer.enum, minLength, maxLength };
  return JSON.stringify(given) === JSON.stringify(schemaOf(scale, answer));
}

/** The schema of an answer on a scale. How long a text may be is up to the question, but it has an end. */
function schemaOf(scale: ScaleKeyword, { minLength, maxLength = 2000 }: AnswerSchema): Partial<AnswerSchema> {
  if (scale.kind === 'text')
    return { type: 'string', ...(minLength === undefined ? {} : { minLength }), maxLength };
  if (scale.kind === 'choice') {
    const [first, second, ...others] = scale.options.map((option) => option.key);
    return { type: 'string', enum: [first!, second!, ...others] };
  }
  const numbers = numbersOf(scale);
  return { type: 'integer', minimum: numbers[0]!, maximum: numbers.at(-1)! };
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
