import type { Told } from '../../../surveys/actions/index.ts';
import { dayText } from '../../staff/moments.ts';
import { Page } from '../components/page.tsx';
import { Alert, Button, Heading1, Heading2, Link, Paragraph } from '../components/text.tsx';
import { donePath, followPath } from '../done/done-page.tsx';
import type { PageContext } from '../page-context.ts';

interface AfterPageProps {
  page: PageContext;
  /** Path of the form, without a query. */
  path: string;
}

interface ThanksPageProps extends AfterPageProps {
  /** The last day on which we call; undefined when nobody asked for it. */
  callOn?: string | undefined;
  /** The product that the answer was about, and what was done about it last. */
  product?: string | undefined;
  told?: Told | undefined;
}

export function ThanksPage({ page, path, callOn, product, told }: ThanksPageProps) {
  const { locale, t } = page;
  return (
    <Page page={page} title={t('thanks.title')}>
      <Heading1>{t('thanks.title')}</Heading1>
      <Paragraph lead>{t('thanks.text')}</Paragraph>
      {callOn && <Paragraph>{t('callback.promised', { day: dayText(callOn, locale) })}</Paragraph>}
      <Paragraph>{t('form.anonymous')}</Paragraph>
      {told && (
        <>
          <Heading2>{t('done.title')}</Heading2>
          <dl class="ge-facts">
            <dt>{t('done.said')}</dt>
            <dd lang="nl">{told.said}</dd>
            <dt>{t('done.did')}</dt>
            <dd lang="nl">{told.did}</dd>
          </dl>
          <Paragraph>
            <Link href={donePath(page, product)}>{t('done.more')}</Link>
          </Paragraph>
        </>
      )}
      <Paragraph>
        <Link href={followPath(page, product)}>{t('done.follow')}</Link>
      </Paragraph>
      <Heading2>{t('thanks.next')}</Heading2>
      <Paragraph>{t('thanks.until')}</Paragraph>
      <ul class="utrecht-unordered-list">
        <li class="utrecht-unordered-list__item">
          <Link href={`${path}?lang=${locale}`}>{t('thanks.change')}</Link>
        </li>
        <li class="utrecht-unordered-list__item">
          <Link href={`${path}/delete?lang=${locale}`}>{t('thanks.delete')}</Link>
        </li>
      </ul>
    </Page>
  );
}

export function DeletePage({ page, path }: AfterPageProps) {
  const { locale, t } = page;
  return (
    <Page page={page} title={t('delete.title')}>
      <Heading1>{t('delete.title')}</Heading1>
      <Paragraph lead>{t('delete.text')}</Paragraph>
      <form method="post" action={`${path}/delete?lang=${locale}`}>
        <Button>{t('delete.confirm')}</Button>
      </form>
      <Paragraph>
        <Link href={`${path}?lang=${locale}`}>{t('delete.cancel')}</Link>
      </Paragraph>
    </Page>
  );
}

export function DeletedPage({ page, path, open }: AfterPageProps & { open: boolean }) {
  const { locale, t } = page;
  return (
    <Page page={page} title={t('deleted.title')}>
      <Heading1>{t('deleted.title')}</Heading1>
      <Alert kind="ok" title={t('deleted.title')}>
        <Paragraph>{t('deleted.text')}</Paragraph>
      </Alert>
      {open && (
        <Paragraph>
          {t('deleted.again')} <Link href={`${path}?lang=${locale}`}>{t('deleted.answerAgain')}</Link>
        </Paragraph>
      )}
    </Page>
  );
}
