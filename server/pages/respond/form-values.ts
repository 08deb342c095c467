import type { Fault } from '../../../schemas/validate.ts';
import type { Answers, PublishedSurvey, Question } from '../../../surveys/definitions/index.ts';
import { languageName } from '../language-of-form.ts';

/**
 * Names of the form's own fields. A question key starts with a letter, so these never meet one.
 * `_seen`: the questions that the form showed. `_na`: typed questions marked as "does not apply".
 */
export const seenName = '_seen';
export const notApplicableName = '_na';
/** The signed text of a form that many may fill in (surveys/shared-links/tickets.ts). */
export const ticketName = '_ticket';

/** What a field shows when the form is drawn again: exactly what was posted. */
export interface FieldValue {
  text: string | undefined;
  notApplicable: boolean;
}

/** A posted form, read. */
export interface PostedForm {
  answers: Answers;
  values: Map<string, FieldValue>;
  /** The questions that the form showed; undefined when the form does not say (a script posted it). */
  seen: Set<string> | undefined;
  /** What the form itself holds wrong, before the survey's own rules. */
  faults: Fault[];
}

/** The codes of faults that only a form can have. */
export const formFaults = { twice: 'twice', numberOrNot: 'numberOrNot', notAsked: 'notAsked' } as const;

/**
 * Reads a posted form. Texts become numbers where the question wants a number; what is no number is kept as it
 * is, for the survey's rules to refuse. An empty field is no answer.
 */
export function readForm(survey: PublishedSurvey, body: Readonly<Record<string, unknown>>): PostedForm {
  const questions = new Map(survey.questions.map((question) => [question.key, question]));
  const notApplicable = new Set(listOf(body[notApplicableName]));
  const form: PostedForm = {
    answers: {},
    values: new Map([...notApplicable].map((key) => [key, { text: '', notApplicable: true }])),
    seen: typeof body[seenName] === 'string' ? new Set(body[seenName].split(' ')) : undefined,
    faults: [],
  };
  for (const [name, posted] of Object.entries(body)) {
    if ([seenName, notApplicableName, ticketName, languageName].includes(name)) continue;
    const question = questions.get(name);
    if (question) readField(form, question, posted, notApplicable.has(name));
    else form.faults.push(fault(name, formFaults.notAsked, 'the survey has no such question'));
  }
  return form;
}

function readField(form: PostedForm, question: Question, posted: unknown, marked: boolean): void {
  const { key, scale } = question;
  if (typeof posted !== 'string') {
    form.faults.push(fault(key, formFaults.twice, 'the field has more than one value'));
    return;
  }
  const text = posted.replaceAll('\r\n', '\n').trim();
  const isChoice = scale.kind === 'choice' || (scale.kind === 'number' && 'values' in scale);
  form.values.set(key, { text, notApplicable: marked || (isChoice && text === '') });
  if (text === '') return;
  if (marked) form.faults.push(fault(key, formFaults.numberOrNot, 'a value and "does not apply"'));
  form.answers[key] = scale.kind === 'number' && /^\d{1,12}$/.test(text) ? Number(text) : text;
}

/** The values of stored answers, to change them. */
export function valuesOf(answers: Answers): Map<string, FieldValue> {
  return new Map(
    Object.entries(answers).map(([key, answer]) => [key, { text: String(answer), notApplicable: false }]),
  );
}

function listOf(value: unknown): string[] {
  return [value].flat().filter((one) => typeof one === 'string');
}

function fault(key: string, code: string, detail: string): Fault {
  return { pointer: `/${key}`, code, detail };
}
