import { type PublishedSurvey, textIn } from '../../../surveys/definitions/index.ts';
import { normalisePhone } from '../../../surveys/recipients/index.ts';
import type { PageContext } from '../page-context.ts';
import type { FormMessage } from './form-messages.ts';

/** The keys of the two questions, which are off in the definition: an answer set can't hold what they ask. */
export const callbackKeys = { wanted: 'callback', number: 'callbackNumber' } as const;

/** Whether to call a resident back, as a form holds it. */
export interface CallbackForm {
  wanted: 'yes' | 'no' | undefined;
  /** As typed. */
  number: string;
  /** The day that was promised through this link before, `2026-03-12`: without a number the old one stays. */
  promisedOn: string | undefined;
}

type Fields = Readonly<Record<string, string | string[]>>;

/** Takes the wish to be called out of a posted form; what is left are the answers. */
export function takeCallback(
  fields: Fields,
  promisedOn: string | undefined,
): { callback: CallbackForm; answers: Fields } {
  const { [callbackKeys.wanted]: wanted, [callbackKeys.number]: number, ...answers } = fields;
  const callback: CallbackForm = {
    wanted: wanted === 'yes' || wanted === 'no' ? wanted : undefined,
    number: typeof number === 'string' ? number.trim() : '',
    promisedOn,
  };
  return { callback, answers };
}

/** What is wrong with it, in words: a call needs a number that can be called. */
export function callbackMessages(
  survey: PublishedSurvey,
  { wanted, number, promisedOn }: CallbackForm,
  { locale, t }: PageContext,
): FormMessage[] {
  if (wanted !== 'yes' || (number === '' && promisedOn !== undefined)) return [];
  if (normalisePhone(number) !== undefined) return [];
  const question = survey.questions.find(({ key }) => key === callbackKeys.number);
  return [
    {
      key: callbackKeys.number,
      about: question && textIn(question.text, locale),
      text: t(number === '' ? 'callback.numberMissing' : 'callback.numberWrong'),
    },
  ];
}
