import { Field } from './field.tsx';

interface Choice {
  value: string;
  label: string;
}

interface SelectFieldProps {
  id: string;
  label: string;
  hint?: string;
  chosen: string;
  /** Choices, in groups where a group has a name. */
  groups: { name?: string; choices: Choice[] }[];
}

/** One choice out of a list. */
export function SelectField({ id, label, hint, chosen, groups }: SelectFieldProps) {
  const option = ({ value, label: text }: Choice) => (
    <option value={value} selected={value === chosen}>
      {text}
    </option>
  );
  return (
    <Field id={id} label={label} hint={hint}>
      <select
        class="utrecht-select utrecht-select--html-select"
        id={id}
        name={id}
        aria-describedby={hint && `${id}-hint`}
      >
        {groups.map(({ name, choices }) =>
          name ? <optgroup label={name}>{choices.map(option)}</optgroup> : choices.map(option),
        )}
      </select>
    </Field>
  );
}

interface TextAreaProps {
  id: string;
  label: string;
  hint?: string;
  value: string;
  maxLength: number;
}

/** A text of more than a line. */
export function TextArea({ id, label, hint, value, maxLength }: TextAreaProps) {
  return (
    <Field id={id} label={label} hint={hint}>
      <textarea
        class="utrecht-textarea utrecht-textarea--html-textarea"
        rows={4}
        id={id}
        name={id}
        maxLength={maxLength}
        required
        aria-describedby={hint && `${id}-hint`}
      >
        {value}
      </textarea>
    </Field>
  );
}
