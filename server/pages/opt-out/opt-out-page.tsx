import { Page } from '../components/page.tsx';
import { Button, Heading1, Paragraph } from '../components/text.tsx';
import type { PageContext } from '../page-context.ts';

/** Asks before it does it, because mail scanners open links; mail programs post straight away (RFC 8058). */
export function OptOutPage({ page }: { page: PageContext }) {
  const { locale, site, t } = page;
  return (
    <Page page={page} title={t('optOut.title')}>
      <Heading1>{t('optOut.title')}</Heading1>
      <Paragraph lead>{t('optOut.text')}</Paragraph>
      <Paragraph>{t('optOut.other', { municipality: site.municipality.name })}</Paragraph>
      <form method="post" action={`?lang=${locale}`}>
        <Button>{t('optOut.confirm')}</Button>
      </form>
    </Page>
  );
}
