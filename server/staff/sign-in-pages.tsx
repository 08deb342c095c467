import { Page } from '../pages/components/page.tsx';
import { Button, Heading1, Paragraph } from '../pages/components/text.tsx';
import type { PageContext } from '../pages/page-context.ts';
import { csrfField } from './csrf.ts';
import { sessionHours } from './sessions.ts';

/** Signs in by a button and not by the link alone: what opens links in mails must not use it up. */
export function SignInPage({ page, csrf }: { page: PageContext; csrf: string }) {
  const { locale, t } = page;
  return (
    <Page page={page} title={t('signIn.title')}>
      <Heading1>{t('signIn.title')}</Heading1>
      <Paragraph>{t('signIn.confirmText', { hours: sessionHours })}</Paragraph>
      <form method="post" action={`?lang=${locale}`}>
        <input type="hidden" name={csrfField} value={csrf} />
        <Button>{t('signIn.confirm')}</Button>
      </form>
    </Page>
  );
}
