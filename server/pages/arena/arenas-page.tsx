import type { ArenaSession } from '../../../surveys/client-arena/index.ts';
import { dayText } from '../../staff/moments.ts';
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

export const sessionFields = [
  'theme',
  'department',
  'date',
  'place',
  'facilitator',
  'facilitatorEmail',
] as const;
export type SessionForm = Record<(typeof sessionFields)[number], string>;

interface ArenasPageProps {
  page: StaffPageContext;
  departments: Named[];
  sessions: ArenaSession[];
  form: SessionForm;
  faults: TextKey[];
}

const lengths = { theme: 100, place: 100, facilitator: 100, facilitatorEmail: 254 } as const;
const types = { theme: 'text', place: 'text', facilitator: 'text', facilitatorEmail: 'email' } as const;

/** The client arenas that there are, and a form to plan one. */
export function ArenasPage({ page, departments, sessions, form, faults }: ArenasPageProps) {
  const { t } = page;
  const field = (id: keyof typeof lengths, hint?: TextKey) => (
    <TextField
      id={id}
      label={t(`arena.${id}`)}
      {...(hint && { hint: t(hint) })}
      type={types[id]}
      value={form[id]}
      maxLength={lengths[id]}
      required
    />
  );
  return (
    <Page page={page} title={t('arena.title')} faulty={faults.length > 0} wide>
      <FormFaults t={t} faults={faults} />
      <Heading1>{t('arena.title')}</Heading1>
      <Paragraph lead>{t('arena.lead')}</Paragraph>
      <Heading2>{t('arena.list')}</Heading2>
      {sessions.length === 0 ? (
        <Paragraph>{t('arena.none')}</Paragraph>
      ) : (
        <Sessions page={page} departments={departments} sessions={sessions} />
      )}
      <Heading2>{t('arena.new')}</Heading2>
      <StaffForm page={page} action="/arenas" submit={t('arena.plan')}>
        {field('theme')}
        <SelectField
          id="department"
          label={t('arena.department')}
          options={departments}
          chosen={form.department}
        />
        <TextField id="date" label={t('arena.date')} type="date" value={form.date} required />
        {field('place')}
        {field('facilitator')}
        {field('facilitatorEmail', 'arena.facilitatorEmailHint')}
      </StaffForm>
    </Page>
  );
}

function Sessions({
  page: { locale, t },
  departments,
  sessions,
}: Pick<ArenasPageProps, 'page' | 'departments' | 'sessions'>) {
  const nameOf = (key: string) => departments.find((one) => one.key === key)?.name ?? key;
  return (
    <DataTable
      caption={t('arena.list')}
      head={[t('arena.theme'), t('arena.department'), t('arena.date'), t('arena.state'), t('arena.check')]}
      rows={sessions.map(({ _id, theme, department, date, closed, checkOn }) => [
        <Link href={`/arenas/${_id}?lang=${locale}`}>{theme}</Link>,
        nameOf(department),
        dayText(date, locale),
        t(closed ? 'arena.state.closed' : 'arena.state.open'),
        dayText(checkOn, locale),
      ])}
    />
  );
}
