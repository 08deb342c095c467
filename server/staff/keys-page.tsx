import type { ApiToken } from '../auth/api-tokens.ts';
import { allScopes } from '../auth/scopes.ts';
import { DataTable } from '../pages/components/data-table.tsx';
import { FormFaults } from '../pages/components/error-summary.tsx';
import { Checkboxes, TextField } from '../pages/components/fields.tsx';
import { Page } from '../pages/components/page.tsx';
import { Alert, Heading1, Heading2, Paragraph } from '../pages/components/text.tsx';
import type { TextKey } from '../pages/i18n.ts';
import type { StaffPageContext } from '../pages/page-context.ts';
import type { Choice } from './access-form.tsx';
import { dayText } from './moments.ts';
import { StaffForm } from './staff-form.tsx';

/** The form of a new key, to be shown again. */
export interface KeyValues {
  name: string;
  scopes: readonly string[];
  departments: readonly string[];
  endsOn: string;
}

interface KeysPageProps {
  page: StaffPageContext;
  keys: ApiToken[];
  choices: Choice[];
  values: KeyValues;
  faults: TextKey[];
  /** The text of a key that was made just now. */
  made?: string | undefined;
}

/** The API keys, and making one. */
export function KeysPage({ page, keys, choices, values, faults, made }: KeysPageProps) {
  const { t } = page;
  return (
    <Page page={page} title={t('keys.title')} faulty={faults.length > 0} wide>
      <FormFaults t={t} faults={faults} />
      <Heading1>{t('keys.title')}</Heading1>
      <Paragraph lead>{t('keys.lead')}</Paragraph>
      {made !== undefined && (
        <Alert kind="ok" title={t('keys.madeTitle')} focus>
          <Paragraph>{t('keys.madeText')}</Paragraph>
          <p class="utrecht-paragraph">
            <code class="ge-secret">{made}</code>
          </p>
        </Alert>
      )}
      {keys.length > 0 && <KeyTable page={page} keys={keys} />}
      <Heading2>{t('keys.newTitle')}</Heading2>
      <StaffForm page={page} action="/keys" submit={t('keys.make')}>
        <TextField
          id="name"
          label={t('keys.name')}
          hint={t('keys.nameHint')}
          maxLength={100}
          value={values.name}
          required
        />
        <Checkboxes
          name="scopes"
          legend={t('keys.scopes')}
          options={allScopes.map((scope) => ({ value: scope, label: t(`scope.${scope}`) }))}
          chosen={values.scopes}
        />
        {choices.length > 0 && (
          <Checkboxes
            name="departments"
            legend={t('keys.departments')}
            hint={t('keys.departmentsHint')}
            options={choices}
            chosen={values.departments}
          />
        )}
        <TextField
          id="endsOn"
          label={t('keys.endsOn')}
          hint={t('keys.endsOnHint')}
          type="date"
          value={values.endsOn}
        />
      </StaffForm>
    </Page>
  );
}

function KeyTable({ page, keys }: Pick<KeysPageProps, 'page' | 'keys'>) {
  const { locale, t } = page;
  const head: TextKey[] = [
    'keys.name',
    'keys.scopes',
    'keys.departments',
    'keys.lastUsed',
    'keys.endsOn',
    'keys.revoke',
  ];
  return (
    <DataTable
      caption={t('keys.caption')}
      head={head.map((key) => t(key))}
      rows={keys.map(({ _id, name, scopes, departments, lastUsed, endsOn }) => [
        name,
        scopes.map((scope) => t(`scope.${scope}`)).join(', '),
        departments.join(', ') || t('keys.allDepartments'),
        lastUsed ? dayText(lastUsed, locale) : t('people.never'),
        endsOn ? dayText(endsOn, locale) : '–',
        <StaffForm page={page} action="/keys/revoke" submit={t('keys.revoke')} about={name} secondary>
          <input type="hidden" name="key" value={_id} />
        </StaffForm>,
      ])}
    />
  );
}
