import { textIn } from '../../../surveys/definitions/index.ts';
import { StaffForm } from '../../staff/staff-form.tsx';
import { FormFaults } from '../components/error-summary.tsx';
import { TextField } from '../components/fields.tsx';
import { SelectField, TextArea } from '../components/more-fields.tsx';
import { Page } from '../components/page.tsx';
import { Heading1, Paragraph } from '../components/text.tsx';
import type { TextKey } from '../i18n.ts';
import { nameOf, type Shown } from '../overview/question-picker.tsx';
import type { StaffPageContext } from '../page-context.ts';
import type { ActionValues } from './action-values.ts';

/** What an action can be about: the keys and names to choose from. */
export interface ActionChoices {
  departments: { value: string; label: string }[];
  products: { value: string; label: string }[];
  measures: Shown[];
}

interface ActionFormProps {
  page: StaffPageContext;
  choices: ActionChoices;
  values: ActionValues;
  faults: TextKey[];
}

const kinds = ['statement', 'cell', 'comment', 'bottleneck'] as const;

/** The form of a new action: what was seen, what is done about it, what should move. */
export function ActionFormPage({ page, choices, values, faults }: ActionFormProps) {
  const { locale, t } = page;
  const none = { choices: [{ value: '', label: t('actions.none') }] };
  const surveys = [...new Set(choices.measures.map(({ survey }) => survey))];
  return (
    <Page page={page} title={t('actions.newTitle')} faulty={faults.length > 0}>
      <FormFaults t={t} faults={faults} />
      <Heading1>{t('actions.newTitle')}</Heading1>
      <Paragraph>{t('actions.newText')}</Paragraph>
      <StaffForm page={page} action="/actions" submit={t('actions.plan')}>
        <SelectField
          id="kind"
          label={t('actions.kind')}
          chosen={values.kind}
          groups={[{ choices: kinds.map((kind) => ({ value: kind, label: t(`actions.kind.${kind}`) })) }]}
        />
        <TextArea
          id="about"
          label={t('actions.about')}
          hint={t('actions.aboutHint')}
          value={values.about}
          maxLength={500}
        />
        <TextField
          id="month"
          label={t('actions.month')}
          hint={t('actions.monthHint')}
          value={values.month}
          maxLength={7}
          required
        />
        <SelectField
          id="department"
          label={t('overview.department')}
          chosen={values.department}
          groups={[{ choices: choices.departments }]}
        />
        <SelectField
          id="product"
          label={t('actions.product')}
          hint={t('actions.productHint')}
          chosen={values.product}
          groups={[none, { choices: choices.products }]}
        />
        <TextArea id="what" label={t('actions.what')} value={values.what} maxLength={500} />
        <TextField id="owner" label={t('actions.owner')} value={values.owner} maxLength={100} required />
        <TextField id="by" label={t('actions.by')} type="date" value={values.by} required />
        <SelectField
          id="measure"
          label={t('actions.measure')}
          hint={t('actions.measureHint')}
          chosen={values.measure}
          groups={[
            none,
            ...surveys.map((survey) => ({
              name: textIn(survey.survey.title, locale),
              choices: choices.measures
                .filter((one) => one.survey === survey)
                .map((one) => ({ value: nameOf(one), label: textIn(one.question.text, locale) })),
            })),
          ]}
        />
      </StaffForm>
    </Page>
  );
}
