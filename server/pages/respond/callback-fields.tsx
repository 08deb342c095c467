import { type PublishedSurvey, textIn } from '../../../surveys/definitions/index.ts';
import { dayText } from '../../staff/moments.ts';
import { fieldIds } from '../components/field-ids.ts';
import { Fieldset } from '../components/options.tsx';
import { Heading2, Paragraph } from '../components/text.tsx';
import type { PageContext } from '../page-context.ts';
import { type CallbackForm, callbackKeys } from './callback-form.ts';

interface CallbackFieldsProps {
  page: PageContext;
  survey: PublishedSurvey;
  callback: CallbackForm;
  error: string | undefined;
}

/** Whether to call somebody back, and on which number; in the words of the survey. */
export function CallbackFields({ page, survey, callback, error }: CallbackFieldsProps) {
  const { locale, t } = page;
  const question = survey.questions.find(({ key }) => key === callbackKeys.wanted);
  const number = survey.questions.find(({ key }) => key === callbackKeys.number);
  if (question?.scale.kind !== 'choice' || !number) return null;
  const section = survey.survey.sections?.find(({ key }) => key === question.section);
  const ids = fieldIds(callbackKeys.number);
  const help = `${callbackKeys.wanted}-help`;
  return (
    <>
      {section && <Heading2>{textIn(section.title, locale)}</Heading2>}
      {callback.promisedOn && (
        <Paragraph>{t('callback.promised', { day: dayText(callback.promisedOn, locale) })}</Paragraph>
      )}
      <Fieldset
        name={callbackKeys.wanted}
        legend={textIn(question.text, locale)}
        describedBy={help}
        invalid={false}
      >
        <div class="utrecht-form-field-description" id={help}>
          {t('callback.apart')}
        </div>
        <div class="ge-options ge-options--row">
          {question.scale.options.map(({ key, label }) => (
            <label class="ge-option">
              <input
                class="utrecht-radio-button utrecht-radio-button--html-input"
                type="radio"
                name={callbackKeys.wanted}
                value={key}
                checked={callback.wanted === key}
              />
              <span>{textIn(label, locale)}</span>
            </label>
          ))}
        </div>
      </Fieldset>
      <div
        class={`utrecht-form-field utrecht-form-field--distanced${error ? ' utrecht-form-field--invalid' : ''}`}
      >
        <div class="utrecht-form-field__label">
          <label class="utrecht-form-label" for={ids.field}>
            {textIn(number.text, locale)}
          </label>
        </div>
        <div class="utrecht-form-field-description" id={ids.help}>
          {t('callback.numberHelp')}
        </div>
        {error && (
          <div class="utrecht-form-field-error-message" id={ids.error}>
            {error}
          </div>
        )}
        <input
          class="utrecht-textbox utrecht-textbox--html-input"
          type="tel"
          autocomplete="tel"
          maxLength={30}
          id={ids.field}
          name={callbackKeys.number}
          value={callback.number}
          aria-describedby={error ? `${ids.help} ${ids.error}` : ids.help}
          aria-invalid={error ? 'true' : undefined}
        />
      </div>
    </>
  );
}
