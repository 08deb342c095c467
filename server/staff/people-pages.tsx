import { DataTable } from '../pages/components/data-table.tsx';
import { FormFaults } from '../pages/components/error-summary.tsx';
import { TextField } from '../pages/components/fields.tsx';
import { Page } from '../pages/components/page.tsx';
import { Heading1, Heading2, Link, Paragraph } from '../pages/components/text.tsx';
import type { TextKey } from '../pages/i18n.ts';
import type { PageContext, StaffPageContext } from '../pages/page-context.ts';
import { AccessFields, type Choice, roleNames } from './access-form.tsx';
import { dayText } from './moments.ts';
import type { Person } from './people.ts';
import { SessionTable } from './session-table.tsx';
import type { Session } from './sessions.ts';
import { StaffForm } from './staff-form.tsx';

/** A form as it was sent, to be shown again. */
export interface AccessValues {
  email: string;
  roles: readonly string[];
  departments: readonly string[];
}

interface PeoplePageProps {
  page: StaffPageContext;
  people: Person[];
  choices: Choice[];
  /** People and their roles are the identity provider's: nobody is invited here. */
  provided: boolean;
  values: AccessValues;
  faults: TextKey[];
}

/** Who has access, and inviting somebody. */
export function PeoplePage({ page, people, choices, provided, values, faults }: PeoplePageProps) {
  const { locale, t } = page;
  return (
    <Page page={page} title={t('people.title')} faulty={faults.length > 0} wide>
      <FormFaults t={t} faults={faults} />
      <Heading1>{t('people.title')}</Heading1>
      <DataTable
        caption={t('people.caption')}
        head={[t('people.who'), t('people.roles'), t('people.departments'), t('people.lastSignIn')]}
        rows={people.map((person) => [
          <Link href={`/people/${person._id}?lang=${locale}`}>{personName(page, person)}</Link>,
          roleNames(page, person.roles),
          person.departments.join(', ') || '–',
          person.lastSignIn ? dayText(person.lastSignIn, locale) : t('people.never'),
        ])}
      />
      {provided ? (
        <Paragraph>{t('people.provided')}</Paragraph>
      ) : (
        <>
          <Heading2>{t('people.inviteTitle')}</Heading2>
          <StaffForm page={page} action="/people" submit={t('people.invite')}>
            <TextField
              id="email"
              label={t('signIn.email')}
              type="email"
              maxLength={254}
              value={values.email}
              required
            />
            <AccessFields page={page} choices={choices} chosen={values} />
          </StaffForm>
        </>
      )}
    </Page>
  );
}

interface PersonPageProps {
  page: StaffPageContext;
  person: Person;
  sessions: Session[];
  choices: Choice[];
  chosen: Pick<AccessValues, 'roles' | 'departments'>;
  faults: TextKey[];
}

/** What somebody may do and where they are signed in; one's own roles can't be changed. */
export function PersonPage({ page, person, sessions, choices, chosen, faults }: PersonPageProps) {
  const { t, staff } = page;
  const name = personName(page, person);
  const self = person._id === staff.person._id;
  return (
    <Page page={page} title={name} faulty={faults.length > 0} wide>
      <FormFaults t={t} faults={faults} />
      <Heading1>{name}</Heading1>
      <Paragraph>{t('people.has', { roles: roleNames(page, person.roles) })}</Paragraph>
      {self && <Paragraph>{t('people.self')}</Paragraph>}
      {!self && person.origin === 'provider' && <Paragraph>{t('people.provided')}</Paragraph>}
      {!self && person.origin === 'invited' && (
        <StaffForm page={page} action={`/people/${person._id}`} submit={t('people.save')}>
          <AccessFields page={page} choices={choices} chosen={chosen} />
        </StaffForm>
      )}
      <Heading2>{t('sessions.heading')}</Heading2>
      {sessions.length === 0 ? (
        <Paragraph>{t('sessions.none')}</Paragraph>
      ) : (
        <SessionTable page={page} sessions={sessions} action={`/people/${person._id}/end-session`} />
      )}
      {!self && (
        <>
          <Heading2>{t('people.removeTitle')}</Heading2>
          <Paragraph>{t('people.removeText')}</Paragraph>
          <StaffForm
            page={page}
            action={`/people/${person._id}/remove`}
            submit={t('people.remove')}
            secondary
          />
        </>
      )}
    </Page>
  );
}

function personName({ t }: PageContext, { name, email }: Person): string {
  return email ?? name ?? t('people.operator');
}
