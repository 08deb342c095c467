import type { Fault } from '../../../schemas/validate.ts';
import type { PublishedSurvey } from '../../../surveys/definitions/index.ts';
import { formFaults, type PostedForm } from './form-values.ts';

/** What follows from a posted form. */
export interface FormCheck {
  /** The questions to show when the form is drawn again. */
  asked: Set<string>;
  /** Questions that are asked only now, because of these answers; the form did not show them yet. */
  added: string[];
  faults: Fault[];
}

/**
 * Checks a posted form against its survey, without a script in the browser: an answer can bring questions with it,
 * which are asked on the next page, and it can make questions go, whose answers are left out (`form.answers`
 * changes accordingly). An answer to a question that the form did not show is a fault.
 */
export function checkForm(survey: PublishedSurvey, channel: string, form: PostedForm): FormCheck {
  const asked = survey.askedKeys({ channel, answers: form.answers });
  const faults = form.faults.filter(({ pointer, code }) => {
    return code === formFaults.notAsked || asked.has(pointer.slice(1));
  });
  for (const key of Object.keys(form.answers)) {
    if (asked.has(key)) continue;
    delete form.answers[key];
    if (!form.seen?.has(key)) {
      faults.push({
        pointer: `/${key}`,
        code: formFaults.notAsked,
        detail: 'this question is not asked here',
      });
    }
  }
  const { seen } = form;
  const added = seen ? [...asked].filter((key) => !seen.has(key)) : [];
  const known = new Set(faults.map(({ pointer }) => pointer));
  const more = survey
    .validateAnswers(form.answers, channel)
    .filter(
      ({ pointer, code }) =>
        !known.has(pointer) && !(code === 'required' && added.includes(pointer.slice(1))),
    );
  return { asked, added, faults: [...faults, ...more] };
}
