import { FormFaults } from './components/error-summary.tsx';
import { TextField } from './components/fields.tsx';
import { Page } from './components/page.tsx';
import { Button, Heading1, Heading2, Link, Paragraph } from './components/text.tsx';
import type { PageContext } from './page-context.ts';

/** The start page: what this is, for who comes here without a link. */
interface HomePageProps {
  page: PageContext;
  outbox: boolean;
  /** What was typed as the code of a card, and is none that we know. */
  wrongCode?: string;
}

/** Room for the code of a letter with spaces around its hyphens. */
export const longestCode = 80;

export function HomePage({ page, outbox, wrongCode }: HomePageProps) {
  const { locale, site, t } = page;
  const { name } = site.municipality;
  const title = t('home.title', { municipality: name });
  return (
    <Page page={page} title={title} faulty={wrongCode !== undefined}>
      <FormFaults t={t} faults={wrongCode === undefined ? [] : ['code.unknown']} />
      <Heading1>{title}</Heading1>
      <Paragraph lead>{t('home.lead')}</Paragraph>
      <Heading2>{t('home.residentTitle')}</Heading2>
      <Paragraph>{t('home.residentText')}</Paragraph>
      <Paragraph>
        <Link href={`/genuine?lang=${locale}`}>{t('home.residentGenuine')}</Link>
      </Paragraph>
      <Heading2>{t('code.title')}</Heading2>
      <form method="post" action={`/?lang=${locale}`}>
        <TextField
          id="code"
          label={t('code.label')}
          hint={t('code.hint')}
          value={wrongCode}
          maxLength={longestCode}
          required
        />
        <Button>{t('code.submit')}</Button>
      </form>
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
