import type { ComponentChildren } from 'preact';
import { Button } from '../pages/components/text.tsx';
import type { StaffPageContext } from '../pages/page-context.ts';
import { csrfField } from './csrf.ts';

interface StaffFormProps {
  page: StaffPageContext;
  /** The path that it is posted to. */
  action: string;
  /** What the button says. */
  submit: string;
  /** Completes what the button says for who does not see what is around it. */
  about?: string;
  secondary?: boolean;
  children?: ComponentChildren;
}

/** A form of staff, with its token and its button. */
export function StaffForm({ page, action, submit, about, secondary = false, children }: StaffFormProps) {
  return (
    <form method="post" action={`${action}?lang=${page.locale}`}>
      <input type="hidden" name={csrfField} value={page.staff.csrf} />
      {children}
      <Button secondary={secondary}>
        {submit}
        {about && <span class="ge-visually-hidden"> {about}</span>}
      </Button>
    </form>
  );
}
