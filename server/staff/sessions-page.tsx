import type { SessionLimits } from '../config.ts';
import { Page } from '../pages/components/page.tsx';
import { Heading1, Paragraph } from '../pages/components/text.tsx';
import type { StaffPageContext } from '../pages/page-context.ts';
import { SessionTable } from './session-table.tsx';
import type { Session } from './sessions.ts';
import { StaffForm } from './staff-form.tsx';

interface SessionsPageProps {
  page: StaffPageContext;
  sessions: Session[];
  limits: SessionLimits;
  /** Whether the person signed in so lately that they may end sessions. */
  fresh: boolean;
}

/** Where one is signed in. */
export function SessionsPage({ page, sessions, limits, fresh }: SessionsPageProps) {
  const { t } = page;
  return (
    <Page page={page} title={t('sessions.title')} wide>
      <Heading1>{t('sessions.title')}</Heading1>
      <Paragraph>{t('sessions.text', { minutes: limits.idleMinutes, hours: limits.hours })}</Paragraph>
      <SessionTable page={page} sessions={sessions} {...(fresh && { action: '/sessions/end' })} />
      {!fresh && (
        <>
          <Paragraph>{t('sessions.againText')}</Paragraph>
          <StaffForm page={page} action="/sessions/again" submit={t('sessions.again')} />
        </>
      )}
    </Page>
  );
}
