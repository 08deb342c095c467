import type { ResponseItem } from '../../schemas/generated/response.ts';
import schema from '../../schemas/response.schema.json' with { type: 'json' };
import { type Fault, validator } from '../../schemas/validate.ts';
import { inAmsterdam } from '../calendar.ts';
import type { Context } from '../context.ts';
import { type Answers, type PublishedSurvey, publishedSurvey } from '../definitions/index.ts';
import { withoutEmpty } from './clean-answers.ts';

/** Why an answer set from elsewhere was not stored. `importClosed`: its month can't be sent any more (import-salts.ts). */
export type ResponseRejection =
  | 'invalid'
  | 'unknownSurvey'
  | 'invalidAnswers'
  | 'noIdentity'
  | 'importClosed';

/** What became of one item; pointers of errors point into the item. */
export interface ResponseResult {
  externalId?: string;
  decision: 'stored' | 'rejected';
  reason?: ResponseRejection;
  errors?: Fault[];
}

/** An item that may be stored, or the result that says why not. */
export type JudgedItem =
  | { ok: true; item: ResponseItem; survey: PublishedSurvey; month: string }
  | { ok: false; result: ResponseResult };

const check = validator<ResponseItem>(schema);

/**
 * Checks one item against its schema, the clock and the newest version of its survey.
 * @param hasKey whether the request names itself, so that the item needs no external id
 * @param newest finds the newest version of a survey; one for many items saves the look-ups
 */
export async function judgeItem(
  ctx: Context,
  value: unknown,
  hasKey: boolean,
  newest: (survey: string) => Promise<PublishedSurvey | undefined>,
): Promise<JudgedItem> {
  const checked = check(value);
  if (!checked.ok) {
    return { ok: false, result: { decision: 'rejected', reason: 'invalid', errors: checked.faults } };
  }
  const item = checked.value;
  if (item.externalId === undefined && !hasKey) return refuse(item, 'noIdentity', [noIdentity]);
  const today = inAmsterdam(ctx.clock.now()).toISODate();
  const { answerDate = today } = item;
  if (answerDate > today) return refuse(item, 'invalid', [future]);
  const survey = await newest(item.survey);
  if (!survey) return refuse(item, 'unknownSurvey', [unknownSurvey]);
  const answers = withoutEmpty(item.answers);
  const faults = survey.validateAnswers(answers, item.channel);
  if (faults.length > 0) return refuse(item, 'invalidAnswers', faults.map(underAnswers));
  return { ok: true, item: { ...item, answers: answers as Answers }, survey, month: answerDate.slice(0, 7) };
}

/** Looks up the newest version of each survey once. */
export function newestSurveys(): (survey: string) => Promise<PublishedSurvey | undefined> {
  const known = new Map<string, Promise<PublishedSurvey | undefined>>();
  return (key) => {
    const survey = known.get(key) ?? publishedSurvey(key);
    known.set(key, survey);
    return survey;
  };
}

/** The result under the item's own identifier, if it has one. */
export function withId({ externalId }: ResponseItem, result: ResponseResult): ResponseResult {
  return externalId === undefined ? result : { externalId, ...result };
}

function refuse(item: ResponseItem, reason: ResponseRejection, errors: Fault[]): JudgedItem {
  return { ok: false, result: withId(item, { decision: 'rejected', reason, errors }) };
}

const future: Fault = { pointer: '/answerDate', code: 'future', detail: 'must not lie in the future' };
const unknownSurvey: Fault = {
  pointer: '/survey',
  code: 'unknownSurvey',
  detail: 'no published survey has this key',
};
const noIdentity: Fault = {
  pointer: '/externalId',
  code: 'noIdentity',
  detail: 'must be given where the request has no Idempotency-Key',
};

function underAnswers(fault: Fault): Fault {
  return { ...fault, pointer: `/answers${fault.pointer}` };
}
