import type { ErasedForResident } from '../../erasure/erase-for-resident.ts';
import { StaffForm } from '../../staff/staff-form.tsx';
import { FormFaults } from '../components/error-summary.tsx';
import { TextField } from '../components/fields.tsx';
import { Page } from '../components/page.tsx';
import { Alert, Heading1, Heading2, List, Paragraph } from '../components/text.tsx';
import type { StaffPageContext } from '../page-context.ts';

interface ErasurePageProps {
  page: StaffPageContext;
  /** What was typed and is no address. */
  wrong?: string;
  erased?: ErasedForResident;
}

/** Erasing the address of a resident who asks for it. What was erased is told in numbers; the address is not repeated. */
export function ErasurePage({ page, wrong, erased }: ErasurePageProps) {
  const { t } = page;
  const faulty = wrong !== undefined;
  return (
    <Page page={page} title={t('erasure.title')} faulty={faulty}>
      <FormFaults t={t} faults={faulty ? ['erasure.fault'] : []} />
      <Heading1>{t('erasure.title')}</Heading1>
      {erased && (
        <Alert kind="ok" title={t('erasure.doneTitle')} focus>
          <Paragraph>
            {t('erasure.cancelled', { count: erased.cancelled })}{' '}
            {t('erasure.copies', { count: erased.copies + erased.outbox })}
          </Paragraph>
        </Alert>
      )}
      <Paragraph>{t('erasure.text')}</Paragraph>
      <StaffForm page={page} action="/erasure" submit={t('erasure.submit')}>
        <TextField id="address" label={t('erasure.address')} maxLength={254} value={wrong} required />
      </StaffForm>
      <Heading2>{t('erasure.remainsTitle')}</Heading2>
      <List items={[t('erasure.remainsHash'), t('erasure.remainsAnswers'), t('erasure.remainsElsewhere')]} />
    </Page>
  );
}
