import { FormFaults } from '../components/error-summary.tsx';
import { TextField } from '../components/fields.tsx';
import { Page } from '../components/page.tsx';
import { Button, Heading1, Paragraph } from '../components/text.tsx';
import type { PageContext } from '../page-context.ts';

interface FollowPageProps {
  page: PageContext;
  product?: { key: string; name: string };
  /** As typed, when it is no address. */
  wrong?: string;
}

/** Asks for an address to send news to. */
export function FollowPage({ page, product, wrong }: FollowPageProps) {
  const { locale, t } = page;
  const topic = product?.name ?? page.site.municipality.name;
  return (
    <Page
      page={page}
      title={t('follow.title')}
      faulty={wrong !== undefined}
      query={product ? { product: product.key } : {}}
    >
      <FormFaults t={t} faults={wrong === undefined ? [] : ['follow.fault']} />
      <Heading1>{t('follow.title')}</Heading1>
      <Paragraph lead>{t('follow.text', { topic })}</Paragraph>
      <Paragraph>{t('follow.apart')}</Paragraph>
      <form method="post" action={`/follow?lang=${locale}`} novalidate>
        {product && <input type="hidden" name="product" value={product.key} />}
        <TextField
          id="email"
          label={t('follow.email')}
          hint={t('follow.hint')}
          type="email"
          maxLength={254}
          value={wrong}
          required
        />
        <Button>{t('follow.submit')}</Button>
      </form>
    </Page>
  );
}

/** One button for what a link in a mail is for: mail scanners open links, and must change nothing. */
export function FollowLinkPage({ page, link }: { page: PageContext; link: 'confirm' | 'stop' }) {
  const { locale, t } = page;
  return (
    <Page page={page} title={t(`follow.${link}Title`)}>
      <Heading1>{t(`follow.${link}Title`)}</Heading1>
      <Paragraph lead>{t(`follow.${link}Text`)}</Paragraph>
      <form method="post" action={`?lang=${locale}`}>
        <Button>{t(`follow.${link}Submit`)}</Button>
      </form>
    </Page>
  );
}
