import type { ComponentChildren } from 'preact';

interface FieldProps {
  id: string;
  label: string;
  hint?: string | undefined;
  /** The input itself, with this id. */
  children: ComponentChildren;
}

/** What stands around an input: its label, and what to know about it. */
export function Field({ id, label, hint, children }: FieldProps) {
  return (
    <div class="utrecht-form-field utrecht-form-field--distanced">
      <div class="utrecht-form-field__label">
        <label class="utrecht-form-label" for={id}>
          {label}
        </label>
      </div>
      {hint && (
        <div class="utrecht-form-field-description" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      <div class="utrecht-form-field__input">{children}</div>
    </div>
  );
}
