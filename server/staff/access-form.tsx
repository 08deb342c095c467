import { type Role, roles } from '../auth/permissions.ts';
import { Checkboxes } from '../pages/components/fields.tsx';
import type { PageContext } from '../pages/page-context.ts';

/** A department to choose. */
export interface Choice {
  value: string;
  label: string;
}

interface AccessFieldsProps {
  page: PageContext;
  choices: Choice[];
  chosen: { roles: readonly string[]; departments: readonly string[] };
}

/** The fields for roles, and for the departments of a coordinator. */
export function AccessFields({ page: { t }, choices, chosen }: AccessFieldsProps) {
  return (
    <>
      <Checkboxes
        name="roles"
        legend={t('people.roles')}
        options={roles.map((role) => ({
          value: role,
          label: `${t(`role.${role}`)}: ${t(`roleText.${role}`)}`,
        }))}
        chosen={chosen.roles}
      />
      {choices.length > 0 && (
        <Checkboxes
          name="departments"
          legend={t('people.departments')}
          hint={t('people.departmentsHint')}
          options={choices}
          chosen={chosen.departments}
        />
      )}
    </>
  );
}

/** Roles in words. */
export function roleNames({ t }: PageContext, names: readonly Role[]): string {
  return names.map((role) => t(`role.${role}`)).join(', ');
}
