import { inAmsterdam } from '../../../surveys/calendar.ts';
import { Page } from '../components/page.tsx';
import { Alert, Heading1, Heading2, Link, List, Paragraph } from '../components/text.tsx';
import { formatTag, type TextKey } from '../i18n.ts';
import type { PageContext } from '../page-context.ts';

/** Why a shared link takes no answer. */
export type Why = 'unknown' | 'soon' | 'closed';

export const whyStatus = { unknown: 404, soon: 403, closed: 410 } as const satisfies Record<Why, number>;

const titles = {
  unknown: 'shared.unknownTitle',
  soon: 'shared.soonTitle',
  closed: 'closed.expiredTitle',
} as const satisfies Record<Why, TextKey>;

interface NoAnswerPageProps {
  page: PageContext;
  why: Why;
  opensAt?: Date;
  /** Where to delete the answer that was given before. */
  deletePath?: string;
}

/** A friendly page instead of the form. */
export function NoAnswerPage({ page, why, opensAt, deletePath }: NoAnswerPageProps) {
  const { locale, t } = page;
  const texts = {
    unknown: t('shared.unknownText'),
    soon: t('shared.soonText', {
      moment: opensAt ? inAmsterdam(opensAt).setLocale(formatTag(locale)).toFormat('d MMMM, HH:mm') : '',
    }),
    closed: t('closed.expiredText'),
  };
  return (
    <Page page={page} title={t(titles[why])}>
      <Heading1>{t(titles[why])}</Heading1>
      <Paragraph lead>{texts[why]}</Paragraph>
      <Paragraph>{t('closed.talk')}</Paragraph>
      {deletePath && (
        <Paragraph>
          <Link href={deletePath}>{t('form.delete')}</Link>
        </Paragraph>
      )}
    </Page>
  );
}

interface AfterProps {
  page: PageContext;
  path: string;
}

/** Thanks; with the way to change the answer, where the browser keeps one. */
export function SharedThanksPage({ page, path, changeable }: AfterProps & { changeable: boolean }) {
  const { locale, t } = page;
  return (
    <Page page={page} title={t('thanks.title')}>
      <Heading1>{t('thanks.title')}</Heading1>
      <Paragraph lead>{t('thanks.text')}</Paragraph>
      <Paragraph>{t('shared.anonymous')}</Paragraph>
      {page.kiosk && (
        <>
          <Paragraph>{t('kiosk.back')}</Paragraph>
          <Paragraph>
            <Link href={page.kiosk.start}>{t('kiosk.again')}</Link>
          </Paragraph>
        </>
      )}
      {changeable && (
        <>
          <Heading2>{t('thanks.next')}</Heading2>
          <Paragraph>{t('shared.until')}</Paragraph>
          <List
            items={[
              <Link href={`${path}?lang=${locale}`}>{t('thanks.change')}</Link>,
              <Link href={`${path}/delete?lang=${locale}`}>{t('thanks.delete')}</Link>,
            ]}
          />
        </>
      )}
    </Page>
  );
}

export function SharedDeletedPage({ page, path, open }: AfterProps & { open: boolean }) {
  const { locale, t } = page;
  return (
    <Page page={page} title={t('deleted.title')}>
      <Heading1>{t('deleted.title')}</Heading1>
      <Alert kind="ok" title={t('deleted.title')}>
        <Paragraph>{t('deleted.text')}</Paragraph>
      </Alert>
      {open && (
        <Paragraph>
          <Link href={`${path}?lang=${locale}`}>{t('deleted.answerAgain')}</Link>
        </Paragraph>
      )}
    </Page>
  );
}
