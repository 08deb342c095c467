interface SelectFieldProps {
  id: string;
  label: string;
  options: { key: string; name: string }[];
  chosen: string;
}

/** One choice out of a list, with its label. */
export function SelectField({ id, label, options, chosen }: SelectFieldProps) {
  return (
    <div class="utrecht-form-field utrecht-form-field--distanced">
      <div class="utrecht-form-field__label">
        <label class="utrecht-form-label" for={id}>
          {label}
        </label>
      </div>
      <div class="utrecht-form-field__input">
        <select class="utrecht-select utrecht-select--html-select ge-select" id={id} name={id}>
          {options.map(({ key, name }) => (
            <option value={key} selected={key === chosen}>
              {name}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}
