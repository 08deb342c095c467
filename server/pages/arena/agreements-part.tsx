import { dayText } from '../../staff/moments.ts';
import { StaffForm } from '../../staff/staff-form.tsx';
import { DataTable } from '../components/data-table.tsx';
import { TextField } from '../components/fields.tsx';
import { SelectField } from '../components/select-field.tsx';
import { Heading2, Link, Paragraph } from '../components/text.tsx';
import type { StaffPageContext } from '../page-context.ts';
import type { SessionView } from './session-view.ts';

export const agreementFields = ['about', 'what', 'owner', 'by'] as const;
export type AgreementForm = Record<(typeof agreementFields)[number], string>;

interface AgreementsProps {
  page: StaffPageContext;
  view: SessionView;
  /** What was typed; absent for the report, which has no form. */
  form?: AgreementForm;
}

/** What was agreed: what, by whom, by when. Each is an action of the department. */
export function AgreementsPart({ page, view, form }: AgreementsProps) {
  const { locale, t } = page;
  const { actions, session } = view;
  return (
    <>
      <Heading2>{t('arena.agreements')}</Heading2>
      {actions.length === 0 ? (
        <Paragraph>{t('arena.noAgreements')}</Paragraph>
      ) : (
        <DataTable
          caption={t('arena.agreements')}
          head={[t('arena.what'), t('arena.owner'), t('arena.by'), t('arena.state')]}
          rows={actions.map(({ _id, what, owner, by, state }) => [
            form ? <Link href={`/actions/${_id}?lang=${locale}`}>{what}</Link> : what,
            owner,
            dayText(by, locale),
            t(`arena.action.${state}`),
          ])}
        />
      )}
      {form && (
        <StaffForm page={page} action={`/arenas/${session._id}/agreements`} submit={t('arena.agree')}>
          <Signals page={page} view={view} chosen={form.about} />
          <TextField id="what" label={t('arena.what')} value={form.what} maxLength={500} required />
          <TextField id="owner" label={t('arena.owner')} value={form.owner} maxLength={100} required />
          <TextField id="by" label={t('arena.by')} type="date" value={form.by} required />
        </StaffForm>
      )}
    </>
  );
}

/** The bottlenecks and wishes on the board; the theme, for what is about all of it. */
function Signals({
  page: { t },
  view: { cards, session },
  chosen,
}: {
  page: StaffPageContext;
  view: SessionView;
  chosen: string;
}) {
  const said = cards.filter(({ column }) => column !== 'goesWell').map(({ text }) => text);
  const options = [session.theme, ...said].map((text) => ({ key: text, name: text }));
  return <SelectField id="about" label={t('arena.signal')} options={options} chosen={chosen} />;
}
