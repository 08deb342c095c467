import type { ComponentChildren } from 'preact';
import { fieldIds } from './field-ids.ts';

export interface Option {
  value: string;
  label: string;
}

export type OptionLayout = 'list' | 'row' | 'grade';

interface OptionsProps {
  name: string;
  options: Option[];
  layout: OptionLayout;
  /** The value chosen; the empty string is "does not apply". */
  chosen: string | undefined;
  notApplicable: string;
}

/** One choice out of a few, and "does not apply" apart from them: every target is at least 48 px high and wide. */
export function Options({ name, options, layout, chosen, notApplicable }: OptionsProps) {
  const option = ({ value, label }: Option, id?: string) => (
    <label class={value === '' ? 'ge-option ge-option--none' : 'ge-option'}>
      <input
        class="utrecht-radio-button utrecht-radio-button--html-input"
        type="radio"
        id={id}
        name={name}
        value={value}
        checked={chosen === value}
      />
      <span>{label}</span>
    </label>
  );
  return (
    <>
      <div class={`ge-options ge-options--${layout}`}>
        {options.map((one, index) => option(one, index === 0 ? fieldIds(name).field : undefined))}
      </div>
      {option({ value: '', label: notApplicable })}
    </>
  );
}

interface FieldsetProps {
  name: string;
  legend: string;
  describedBy: string | undefined;
  invalid: boolean;
  children: ComponentChildren;
}

/** A group of controls that answer one question. */
export function Fieldset({ name, legend, describedBy, invalid, children }: FieldsetProps) {
  return (
    <div
      class={`utrecht-form-fieldset${invalid ? ' utrecht-form-fieldset--invalid' : ''}`}
      data-question={name}
    >
      <fieldset
        class="utrecht-form-fieldset__fieldset utrecht-form-fieldset__fieldset--html-fieldset"
        aria-describedby={describedBy}
      >
        <legend class="utrecht-form-fieldset__legend utrecht-form-fieldset__legend--html-legend utrecht-form-fieldset__legend--distanced">
          {legend}
        </legend>
        {children}
      </fieldset>
    </div>
  );
}
