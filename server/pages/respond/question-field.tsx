import type { ComponentChildren } from 'preact';
import { type Question, textIn } from '../../../surveys/definitions/index.ts';

import { fieldIds } from '../components/field-ids.ts';
import { Fieldset, type Option, type OptionLayout, Options } from '../components/options.tsx';
import type { PageContext } from '../page-context.ts';
import { type FieldValue, notApplicableName } from './form-values.ts';

interface QuestionFieldProps {
  page: PageContext;
  question: Question;
  value: FieldValue;
  error: string | undefined;
}

/** One question of a survey, by its scale: choices, a typed number, or text. Each may be left unanswered. */
export function QuestionField(props: QuestionFieldProps) {
  const { scale } = props.question;
  if (scale.kind === 'text') return <TextField {...props} />;
  if (scale.kind === 'number' && !('values' in scale)) {
    return <NumberField {...props} minimum={scale.minimum} maximum={scale.maximum} />;
  }
  return <ChoiceField {...props} />;
}

function ChoiceField({ page, question, value, error }: QuestionFieldProps) {
  const { locale, t } = page;
  const { options, layout, ends } = choicesOf(question, locale);
  const ids = fieldIds(question.key);
  return (
    <Fieldset
      name={question.key}
      legend={textIn(question.text, locale)}
      describedBy={describedBy([question.help, ids.help], [ends[0], ids.scale], [error, ids.error])}
      invalid={error !== undefined}
    >
      <Help id={ids.help} text={question.help && textIn(question.help, locale)} />
      {ends.length > 0 && (
        <Description id={ids.scale}>
          {ends.map(({ value, label }) => t('form.end', { value, label })).join(', ')}
        </Description>
      )}
      <ErrorMessage id={ids.error} text={error} />
      <Options
        name={question.key}
        options={options}
        layout={layout}
        chosen={value.notApplicable ? '' : value.text}
        notApplicable={t('form.notApplicable')}
      />
    </Fieldset>
  );
}

/** The choices of a scale from negative to positive. Where only the ends have words, the choices are figures. */
function choicesOf({ scale }: Question, locale: string) {
  if (scale.kind === 'choice') {
    const options = scale.options.map(({ key, label }) => ({ value: key, label: textIn(label, locale) }));
    return { options, layout: layoutFor(options), ends: [] };
  }
  if (scale.kind !== 'number' || !('values' in scale))
    return { options: [], layout: 'list' as const, ends: [] };
  const labels = scale.labels ?? {};
  const labelled = scale.values.flatMap((value): Option[] => {
    const label = labels[String(value)];
    return label ? [{ value: String(value), label: textIn(label, locale) }] : [];
  });
  if (labelled.length === scale.values.length) {
    return { options: labelled, layout: layoutFor(labelled), ends: [] };
  }
  const figures = scale.values.map((value) => ({ value: String(value), label: String(value) }));
  return { options: figures, layout: 'grade' as const, ends: labelled };
}

function layoutFor(options: Option[]): OptionLayout {
  return options.length <= 5 ? 'row' : 'list';
}

function NumberField(props: QuestionFieldProps & { minimum: number; maximum: number }) {
  const { page, question, value, error, minimum, maximum } = props;
  const { locale, t } = page;
  const ids = fieldIds(question.key);
  const help = [question.help && textIn(question.help, locale), t('form.numberRange', { minimum, maximum })];
  return (
    <FormField name={question.key} invalid={error !== undefined}>
      <FieldLabel id={ids.field}>{textIn(question.text, locale)}</FieldLabel>
      <Help id={ids.help} text={help.filter(Boolean).join(' ')} />
      <ErrorMessage id={ids.error} text={error} />
      <div class="ge-stack">
        <input
          class="utrecht-textbox utrecht-textbox--html-input ge-number"
          type="text"
          inputMode="numeric"
          autocomplete="off"
          maxLength={12}
          id={ids.field}
          name={question.key}
          value={value.text}
          aria-describedby={describedBy(['help', ids.help], [error, ids.error])}
          aria-invalid={error ? 'true' : undefined}
        />
        <label class="ge-option ge-option--none">
          <input
            class="ge-option__checkbox"
            type="checkbox"
            name={notApplicableName}
            value={question.key}
            checked={value.notApplicable}
          />
          <span>{t('form.notApplicable')}</span>
        </label>
      </div>
    </FormField>
  );
}

function TextField({ page, question, value, error }: QuestionFieldProps) {
  const { locale, t } = page;
  const ids = fieldIds(question.key);
  const { maxLength } = question;
  const limit = maxLength && t('form.textLimit', { maximum: maxLength });
  const help = [question.help && textIn(question.help, locale), limit];
  return (
    <FormField name={question.key} invalid={error !== undefined}>
      <FieldLabel id={ids.field}>{textIn(question.text, locale)}</FieldLabel>
      <Help id={ids.help} text={help.filter(Boolean).join(' ')} />
      <ErrorMessage id={ids.error} text={error} />
      <textarea
        class="utrecht-textarea utrecht-textarea--html-textarea"
        rows={5}
        id={ids.field}
        name={question.key}
        aria-describedby={describedBy(['help', ids.help], [error, ids.error])}
        aria-invalid={error ? 'true' : undefined}
      >
        {value.text}
      </textarea>
    </FormField>
  );
}

interface FormFieldProps {
  name: string;
  invalid: boolean;
  children: ComponentChildren;
}

function FormField({ name, invalid, children }: FormFieldProps) {
  const look = `utrecht-form-field utrecht-form-field--distanced${invalid ? ' utrecht-form-field--invalid' : ''}`;
  return (
    <div class={look} data-question={name}>
      {children}
    </div>
  );
}

function FieldLabel({ id, children }: { id: string; children: ComponentChildren }) {
  return (
    <div class="utrecht-form-field__label">
      <label class="utrecht-form-label" for={id}>
        {children}
      </label>
    </div>
  );
}

function Help({ id, text }: { id: string; text: string | undefined }) {
  return text ? <Description id={id}>{text}</Description> : null;
}

function Description({ id, children }: { id: string; children: ComponentChildren }) {
  return (
    <div class="utrecht-form-field-description" id={id}>
      {children}
    </div>
  );
}

function ErrorMessage({ id, text }: { id: string; text: string | undefined }) {
  if (!text) return null;
  return (
    <div class="utrecht-form-field-error-message" id={id}>
      {text}
    </div>
  );
}

/** The ids of what is there to describe a field, as `aria-describedby` wants them. */
function describedBy(...parts: [there: unknown, id: string][]): string | undefined {
  const ids = parts.filter(([there]) => there).map(([, id]) => id);
  return ids.length > 0 ? ids.join(' ') : undefined;
}
