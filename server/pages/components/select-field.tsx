import { Field } from './field.tsx';

interface SelectFieldProps {
  id: string;
  label: string;
  options: { key: string; name: string }[];
  chosen: string;
}

/** One choice out of a list, with its label. */
export function SelectField({ id, label, options, chosen }: SelectFieldProps) {
  return (
    <Field id={id} label={label}>
      <select class="utrecht-select utrecht-select--html-select ge-select" id={id} name={id}>
        {options.map(({ key, name }) => (
          <option value={key} selected={key === chosen}>
            {name}
          </option>
        ))}
      </select>
    </Field>
  );
}
