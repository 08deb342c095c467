import type { SessionLimits } from '../config.ts';
import { Page } from '../pages/components/page.tsx';
import { Heading1, Paragraph } from '../pages/components/text.tsx';
import type { StaffPageContext } from '../pages/page-context.ts';
import { SessionTable } from './session-table.tsx';
import type { Session } from './sessions.ts';

interface SessionsPageProps {
  page: StaffPageContext;
  sessions: Session[];
  limits: SessionLimits;
}

/** Where one is signed in. */
export function SessionsPage({ page, sessions, limits }: SessionsPageProps) {
  const { t } = page;
  return (
    <Page page={page} title={t('sessions.title')} wide>
      <Heading1>{t('sessions.title')}</Heading1>
      <Paragraph>{t('sessions.text', { minutes: limits.idleMinutes, hours: limits.hours })}</Paragraph>
      <SessionTable page={page} sessions={sessions} action="/sessions/end" />
    </Page>
  );
}
