import type { Retention } from '../../../schemas/generated/retention.ts';
import { StaffForm } from '../../staff/staff-form.tsx';
import { FormFaults } from '../components/error-summary.tsx';
import { TextField } from '../components/fields.tsx';
import { Page } from '../components/page.tsx';
import { Alert, Heading1, Paragraph } from '../components/text.tsx';
import type { TextKey } from '../i18n.ts';
import type { StaffPageContext } from '../page-context.ts';

/** What the privacy officer decides, in the order of the page. */
export const retentionFields = ['responseMonths', 'invitationMonths', 'contactMonths', 'outboxDays'] as const;

interface RetentionPageProps {
  page: StaffPageContext;
  /** As kept, or as typed. */
  values: Record<(typeof retentionFields)[number], string | number>;
  faults: TextKey[];
  kept: boolean;
}

/** How long each kind of data is kept. */
export function RetentionPage({ page, values, faults, kept }: RetentionPageProps) {
  const { t } = page;
  return (
    <Page page={page} title={t('retention.title')} faulty={faults.length > 0}>
      <FormFaults t={t} faults={faults} />
      <Heading1>{t('retention.title')}</Heading1>
      {kept && (
        <Alert kind="ok" title={t('retention.kept')} focus>
          <Paragraph>{t('retention.keptText')}</Paragraph>
        </Alert>
      )}
      <Paragraph>{t('retention.text')}</Paragraph>
      <StaffForm page={page} action="/retention" submit={t('retention.submit')}>
        {retentionFields.map((name) => (
          <TextField
            id={name}
            label={t(`retention.${name}`)}
            hint={t(`retention.hint.${name}`)}
            value={String(values[name])}
            maxLength={4}
            required
          />
        ))}
      </StaffForm>
    </Page>
  );
}

/** The sentence for a field that can't be kept so. */
export function retentionFault(name: keyof Retention): TextKey {
  return `retention.fault.${name}`;
}
