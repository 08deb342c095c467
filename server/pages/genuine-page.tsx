import { Page } from './components/page.tsx';
import { Heading1, Heading2, List, Paragraph } from './components/text.tsx';
import type { PageContext } from './page-context.ts';

interface GenuinePageProps {
  page: PageContext;
  /** How every link begins. */
  address: string;
  /** Whether invitations go as letters too. */
  letters: boolean;
}

/** For residents: is this mail really from the municipality, and what happens with my answer. */
export function GenuinePage({ page, address, letters }: GenuinePageProps) {
  const { site, t } = page;
  return (
    <Page page={page} title={t('genuine.title')}>
      <Heading1>{t('genuine.title')}</Heading1>
      <Paragraph lead>{t('genuine.lead', { municipality: site.municipality.name })}</Paragraph>
      <Heading2>{t('genuine.howTitle')}</Heading2>
      <List
        items={[
          <span class="ge-break">{t('genuine.howLink', { address })}</span>,
          t('genuine.howAsk'),
          t('genuine.howNever'),
          t('genuine.howPay'),
          t('genuine.howAttachment'),
        ]}
      />
      <Paragraph>{t('genuine.doubt')}</Paragraph>
      <Heading2>{t('genuine.answerTitle')}</Heading2>
      <List
        items={[
          t('genuine.answerVoluntary'),
          t('genuine.answerApart'),
          t('genuine.answerRedacted'),
          t('genuine.answerGroup'),
          t('genuine.answerUse'),
          t('genuine.answerChange'),
        ]}
      />
      <Heading2>{t('genuine.addressTitle')}</Heading2>
      <Paragraph>{t('genuine.addressText')}</Paragraph>
      <Heading2>{t('genuine.stopTitle')}</Heading2>
      <Paragraph>{t('genuine.stopText')}</Paragraph>
      {letters && (
        <>
          <Heading2>{t('genuine.letterTitle')}</Heading2>
          <Paragraph>
            <span class="ge-break">{t('genuine.letterText', { address })}</span>
          </Paragraph>
        </>
      )}
    </Page>
  );
}
