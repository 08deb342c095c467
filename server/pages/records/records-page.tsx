import type { PublishedSurvey } from '../../../surveys/definitions/index.ts';
import { textIn } from '../../../surveys/definitions/index.ts';
import { holds, type StoredGrant } from '../../../surveys/unit-records/index.ts';
import { StaffForm } from '../../staff/staff-form.tsx';
import { DataTable } from '../components/data-table.tsx';
import { FormFaults } from '../components/error-summary.tsx';
import { TextField } from '../components/fields.tsx';
import { Page } from '../components/page.tsx';
import { SelectField } from '../components/select-field.tsx';
import { Alert, Heading1, Heading2, Paragraph } from '../components/text.tsx';
import type { TextKey } from '../i18n.ts';
import type { StaffPageContext } from '../page-context.ts';

/** What the privacy officer fills in, in the order of the page. */
export const grantFields = ['survey', 'from', 'to', 'recipient', 'purpose', 'endDate'] as const;
export type GrantField = (typeof grantFields)[number];

interface RecordsPageProps {
  page: StaffPageContext;
  surveys: PublishedSurvey[];
  grants: StoredGrant[];
  now: Date;
  /** As typed; empty for a new form. */
  values: Partial<Record<GrantField, string>>;
  faults: GrantField[];
  given: boolean;
}

/** Grants to export answers one by one: those there are, and a form for a new one. */
export function RecordsPage({ page, surveys, grants, now, values, faults, given }: RecordsPageProps) {
  const { t } = page;
  return (
    <Page page={page} title={t('records.title')} faulty={faults.length > 0}>
      <FormFaults t={t} faults={faults.map((name): TextKey => `records.fault.${name}`)} />
      <Heading1>{t('records.title')}</Heading1>
      {given && (
        <Alert kind="ok" title={t('records.given')} focus>
          <Paragraph>{t('records.givenText')}</Paragraph>
        </Alert>
      )}
      <Paragraph>{t('records.text')}</Paragraph>
      <Paragraph>{t('records.warning')}</Paragraph>
      <Heading2>{t('records.list')}</Heading2>
      {grants.length === 0 ? (
        <Paragraph>{t('records.none')}</Paragraph>
      ) : (
        <DataTable
          caption={t('records.list')}
          head={[
            t('records.recipient'),
            t('records.state'),
            t('records.endDate'),
            t('records.id'),
            t('records.survey'),
            t('records.months'),
            t('records.purpose'),
          ]}
          rows={grants.map((grant) => [
            grant.recipient,
            <State page={page} grant={grant} now={now} />,
            grant.endDate,
            grant._id,
            grant.survey,
            `${grant.from} – ${grant.to}`,
            grant.purpose,
          ])}
        />
      )}
      <Heading2>{t('records.new')}</Heading2>
      <GrantForm page={page} surveys={surveys} values={values} />
    </Page>
  );
}

function State({ page, grant, now }: { page: StaffPageContext; grant: StoredGrant; now: Date }) {
  const { t } = page;
  if (!holds(grant, now)) return <>{t('records.ended')}</>;
  return (
    <>
      {t('records.holds')}
      <StaffForm
        page={page}
        action={`/records/${grant._id}/end`}
        submit={t('records.end')}
        about={t('records.endAbout', { recipient: grant.recipient })}
        secondary
      />
    </>
  );
}

function GrantForm({ page, surveys, values }: Pick<RecordsPageProps, 'page' | 'surveys' | 'values'>) {
  const { t, locale } = page;
  const field = (id: GrantField, hint: TextKey, maxLength: number, type: 'text' | 'date' = 'text') => (
    <TextField
      id={id}
      label={t(`records.${id}`)}
      hint={t(hint)}
      value={values[id]}
      maxLength={maxLength}
      type={type}
      required
    />
  );
  return (
    <StaffForm page={page} action="/records" submit={t('records.submit')}>
      <SelectField
        id="survey"
        label={t('records.survey')}
        options={surveys.map(({ key, survey }) => ({ key, name: textIn(survey.title, locale) }))}
        chosen={values.survey ?? 'customer-journey'}
      />
      {field('from', 'records.hint.month', 7)}
      {field('to', 'records.hint.month', 7)}
      {field('recipient', 'records.hint.recipient', 100)}
      {field('purpose', 'records.hint.purpose', 500)}
      {field('endDate', 'records.hint.endDate', 10, 'date')}
    </StaffForm>
  );
}
