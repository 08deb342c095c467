import { Page } from './components/page.tsx';
import { Heading1, Heading2, Link, Paragraph } from './components/text.tsx';
import type { PageContext } from './page-context.ts';

/** The start page: what this is, for who comes here without a link. */
export function HomePage({ page, outbox }: { page: PageContext; outbox: boolean }) {
  const { locale, site, t } = page;
  const { name } = site.municipality;
  const title = t('home.title', { municipality: name });
  return (
    <Page page={page} title={title}>
      <Heading1>{title}</Heading1>
      <Paragraph lead>{t('home.lead')}</Paragraph>
      <Heading2>{t('home.residentTitle')}</Heading2>
      <Paragraph>{t('home.residentText')}</Paragraph>
      <Paragraph>
        <Link href={`/genuine?lang=${locale}`}>{t('home.residentGenuine')}</Link>
      </Paragraph>
      <Heading2>{t('home.staffTitle', { municipality: name })}</Heading2>
      <Paragraph>
        <Link href={`/overview?lang=${locale}`}>{t('home.staffLink')}</Link>
      </Paragraph>
      {outbox && (
        <Paragraph>
          <Link href={`/outbox?lang=${locale}`}>{t('home.outbox')}</Link>
        </Paragraph>
      )}
    </Page>
  );
}
