import type { RoundView } from '../../../surveys/golden-ear/index.ts';
import { StaffForm } from '../../staff/staff-form.tsx';
import { DataTable } from '../components/data-table.tsx';
import { FormFaults } from '../components/error-summary.tsx';
import { TextField } from '../components/fields.tsx';
import { Page } from '../components/page.tsx';
import { SelectField } from '../components/select-field.tsx';
import { Heading1, Heading2, Link, Paragraph } from '../components/text.tsx';
import type { TextKey } from '../i18n.ts';
import type { Named } from '../overview/figures.ts';
import type { StaffPageContext } from '../page-context.ts';
import { monthText } from './round-words.ts';

/** What was typed to open a round. */
export interface RoundForm {
  department: string;
  startDate: string;
  endDate: string;
  addresses: string;
}

export interface RoundsPageProps {
  page: StaffPageContext;
  rounds: RoundView[];
  nameOf: (department: string) => string;
  /** The departments that a round may be opened for; empty: none. */
  departments: Named[];
  form: RoundForm;
  faults?: TextKey[];
}

/** All rounds that the reader may see, and the form to open one. */
export function RoundsPage({ page, rounds, nameOf, departments, form, faults = [] }: RoundsPageProps) {
  const { locale, t } = page;
  const row = ({ round, state, answers }: RoundView) => [
    <Link href={`/rounds/${round._id}?lang=${locale}`}>{nameOf(round.department)}</Link>,
    monthText(round.month, locale),
    t(`rounds.state.${state}`),
    String(answers.counted),
  ];
  return (
    <Page page={page} title={t('rounds.title')} faulty={faults.length > 0} wide>
      <FormFaults t={t} faults={faults} />
      <Heading1>{t('rounds.title')}</Heading1>
      <Paragraph lead>{t('rounds.lead')}</Paragraph>
      <Paragraph>
        <Link href={`/perception?lang=${locale}`}>{t('rounds.toPerception')}</Link>
      </Paragraph>
      {rounds.length > 0 ? (
        <DataTable
          caption={t('rounds.caption')}
          head={[t('rounds.department'), t('rounds.month'), t('rounds.stateName'), t('rounds.answers')]}
          rows={rounds.map(row)}
        />
      ) : (
        <Paragraph>{t('rounds.none')}</Paragraph>
      )}
      {departments.length > 0 && <OpenForm page={page} departments={departments} form={form} />}
    </Page>
  );
}

function OpenForm({ page, departments, form }: Pick<RoundsPageProps, 'page' | 'departments' | 'form'>) {
  const { t } = page;
  return (
    <>
      <Heading2>{t('rounds.openTitle')}</Heading2>
      <Paragraph>{t('rounds.openText')}</Paragraph>
      <StaffForm page={page} action="/rounds" submit={t('rounds.open')}>
        <SelectField
          id="department"
          label={t('rounds.department')}
          options={departments}
          chosen={form.department}
        />
        <TextField id="startDate" type="date" label={t('rounds.startDate')} value={form.startDate} required />
        <TextField
          id="endDate"
          type="date"
          label={t('rounds.endDate')}
          hint={t('rounds.endDateHint')}
          value={form.endDate}
          required
        />
        <div class="utrecht-form-field utrecht-form-field--distanced">
          <div class="utrecht-form-field__label">
            <label class="utrecht-form-label" for="addresses">
              {t('rounds.addresses')}
            </label>
          </div>
          <div class="utrecht-form-field-description" id="addresses-hint">
            {t('rounds.addressesHint')}
          </div>
          <div class="utrecht-form-field__input">
            <textarea
              class="utrecht-textarea utrecht-textarea--html-textarea"
              id="addresses"
              name="addresses"
              rows={5}
              aria-describedby="addresses-hint"
            >
              {form.addresses}
            </textarea>
          </div>
        </div>
      </StaffForm>
    </>
  );
}
