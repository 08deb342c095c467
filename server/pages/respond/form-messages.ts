import type { Fault } from '../../../schemas/validate.ts';
import { type PublishedSurvey, type Question, textIn } from '../../../surveys/definitions/index.ts';
import type { Translate } from '../i18n.ts';
import type { PageContext } from '../page-context.ts';
import { formFaults } from './form-values.ts';

/** What went wrong, in words: with a question, or with the form as a whole. */
export interface FormMessage {
  /** Key and text of the question; undefined for the form as a whole. */
  key: string | undefined;
  about: string | undefined;
  text: string;
}

type TextContext = Pick<PageContext, 'locale' | 't'>;

/** One message per question in the order of the form, then those about the form as a whole. */
export function formMessages(
  survey: PublishedSurvey,
  faults: Fault[],
  { locale, t }: TextContext,
): FormMessage[] {
  const byKey = new Map<string, string>();
  const general = new Set<string>();
  for (const fault of faults) {
    const question = survey.questions.find(({ key }) => fault.pointer === `/${key}`);
    if (fault.code === 'minProperties') general.add(t('error.empty'));
    else if (fault.code === formFaults.notAsked || !question) general.add(t('error.notAsked'));
    else if (!byKey.has(question.key)) byKey.set(question.key, messageOf(question, fault, t));
  }
  const ordered = survey.questions.flatMap(({ key, text: question }): FormMessage[] => {
    const text = byKey.get(key);
    return text === undefined ? [] : [{ key, about: textIn(question, locale), text }];
  });
  return [...ordered, ...[...general].map((text) => ({ key: undefined, about: undefined, text }))];
}

function messageOf({ scale, maxLength }: Question, { code }: Fault, t: Translate): string {
  if (code === formFaults.twice) return t('error.twice');
  if (code === formFaults.numberOrNot) return t('error.numberOrNot');
  if (code === 'required') return t('error.required');
  if (scale.kind === 'number' && 'minimum' in scale) {
    return t('error.number', { minimum: scale.minimum, maximum: scale.maximum });
  }
  if (scale.kind === 'text') {
    return code === 'maxLength' && maxLength ? t('error.tooLong', { maximum: maxLength }) : t('error.other');
  }
  return t('error.choose');
}
