import { Field } from './field.tsx';

interface TextFieldProps {
  id: string;
  label: string;
  hint?: string;
  type?: 'text' | 'email' | 'date';
  value?: string | undefined;
  maxLength?: number;
  required?: boolean;
}

/** A field of one line with its label, and what to know about it. */
export function TextField({ id, label, hint, type = 'text', value, maxLength, required }: TextFieldProps) {
  return (
    <Field id={id} label={label} hint={hint}>
      <input
        class="utrecht-textbox utrecht-textbox--html-input"
        id={id}
        name={id}
        type={type}
        value={value}
        maxLength={maxLength}
        required={required}
        aria-describedby={hint && `${id}-hint`}
      />
    </Field>
  );
}

interface CheckboxesProps {
  name: string;
  legend: string;
  hint?: string;
  options: { value: string; label: string }[];
  chosen: readonly string[];
}

/** Any number of choices. */
export function Checkboxes({ name, legend, hint, options, chosen }: CheckboxesProps) {
  return (
    <div class="utrecht-form-fieldset">
      <fieldset
        class="utrecht-form-fieldset__fieldset utrecht-form-fieldset__fieldset--html-fieldset"
        aria-describedby={hint && `${name}-hint`}
      >
        <legend class="utrecht-form-fieldset__legend utrecht-form-fieldset__legend--html-legend utrecht-form-fieldset__legend--distanced">
          {legend}
        </legend>
        {hint && (
          <div class="utrecht-form-field-description" id={`${name}-hint`}>
            {hint}
          </div>
        )}
        <div class="ge-options ge-options--list">
          {options.map(({ value, label }) => (
            <label class="ge-option">
              <input type="checkbox" name={name} value={value} checked={chosen.includes(value)} />
              <span>{label}</span>
            </label>
          ))}
        </div>
      </fieldset>
    </div>
  );
}
