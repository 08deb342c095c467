import {
  type CallbackPolicy,
  callbackPolicy,
  promisedTo,
  recordWish,
  withdrawWish,
} from '../../../surveys/callbacks/index.ts';
import type { Context } from '../../../surveys/context.ts';
import type { Answers, PublishedSurvey } from '../../../surveys/definitions/index.ts';
import type { TokenView } from '../../../surveys/invitations/index.ts';
import { normalisePhone } from '../../../surveys/recipients/index.ts';
import { type CallbackForm, callbackKeys } from './callback-form.ts';

/** What a department promises to who asks to be called, and what was promised through this link before. */
export interface CallbackOffer {
  policy: CallbackPolicy;
  promisedOn: string | undefined;
}

/** The offer to call back; undefined where the survey does not ask for it or the department does not call. */
export async function callbackOffer(
  token: string,
  { department }: TokenView,
  survey: PublishedSurvey,
): Promise<CallbackOffer | undefined> {
  if (!survey.questions.some(({ key }) => key === callbackKeys.wanted)) return undefined;
  const policy = await callbackPolicy(survey.key, department);
  return policy && { policy, promisedOn: (await promisedTo(token))?.dueOn };
}

/** The part of the form before anybody filled it in. */
export function emptyCallback({ promisedOn }: CallbackOffer): CallbackForm {
  return { wanted: promisedOn === undefined ? undefined : 'yes', number: '', promisedOn };
}

/** Keeps a wish that was checked, or takes it back where the answer is no. Without an answer what was stays. */
export async function keepCallback(
  ctx: Context,
  {
    token,
    department,
    survey,
    policy,
  }: {
    token: string;
    department: string;
    survey: PublishedSurvey;
    policy: CallbackPolicy;
  },
  { wanted, number }: CallbackForm,
  answers: Answers,
): Promise<void> {
  if (wanted === 'no') await withdrawWish(ctx, token);
  const phone = wanted === 'yes' ? normalisePhone(number) : undefined;
  if (phone === undefined) return;
  const overall = survey.questions.find(({ dimension }) => dimension === 'overall');
  const grade = overall && answers[overall.key];
  await recordWish(
    ctx,
    token,
    { department, number: phone, ...(typeof grade === 'number' && { grade }) },
    policy,
  );
}
