import type { Told } from '../../../surveys/actions/index.ts';
import { dayText } from '../../staff/moments.ts';
import { Page } from '../components/page.tsx';
import { Heading1, Heading2, Link, Paragraph } from '../components/text.tsx';
import type { PageContext } from '../page-context.ts';

interface DonePageProps {
  page: PageContext;
  /** What it is about: the product; absent: everything. */
  product?: { key: string; name: string };
  told: Told[];
}

/** You said, we did: what residents' reactions led to. The texts are in the language they were written in: Dutch. */
export function DonePage({ page, product, told }: DonePageProps) {
  const { locale, t } = page;
  const title = product ? t('done.titleOf', { product: product.name }) : t('done.title');
  return (
    <Page page={page} title={title}>
      <Heading1>{title}</Heading1>
      <Paragraph lead>{t('done.lead')}</Paragraph>
      {told.length === 0 && <Paragraph>{t('done.empty')}</Paragraph>}
      {told.map(({ said, did, on }) => (
        <article>
          <Heading2>{dayText(on, locale)}</Heading2>
          <dl class="ge-facts">
            <dt>{t('done.said')}</dt>
            <dd lang="nl" dir="auto">
              {said}
            </dd>
            <dt>{t('done.did')}</dt>
            <dd lang="nl" dir="auto">
              {did}
            </dd>
          </dl>
        </article>
      ))}
      <Paragraph>
        <Link href={followPath(page, product?.key)}>{t('done.follow')}</Link>
      </Paragraph>
    </Page>
  );
}

/** The form to follow a product: it knows nothing of an answer or its link. */
export function followPath({ locale }: PageContext, product?: string): string {
  return `/follow?${new URLSearchParams({ ...(product && { product }), lang: locale })}`;
}

/** Where it is told what was done about a product, or about anything. */
export function donePath({ locale }: PageContext, product?: string): string {
  return `/you-said-we-did${product ? `/${product}` : ''}?lang=${locale}`;
}
