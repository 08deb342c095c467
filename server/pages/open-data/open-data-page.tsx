import type { OpenDataEdition } from '../../../surveys/open-data/index.ts';
import { filled, type Language, tableTitle, texts } from '../../open-data/texts.ts';
import { dayText } from '../../staff/moments.ts';
import { DataTable } from '../components/data-table.tsx';
import { Page } from '../components/page.tsx';
import { Heading1, Heading2, Link, List, Paragraph } from '../components/text.tsx';
import type { PageContext } from '../page-context.ts';

interface OpenDataPageProps {
  page: PageContext;
  licence: string;
  editions: readonly OpenDataEdition[];
  titles: ReadonlyMap<string, Readonly<Record<Language, string>>>;
}

/** What there is as open data, for everyone. */
export function OpenDataPage({ page, licence, editions, titles }: OpenDataPageProps) {
  const { locale, t, site } = page;
  const language: Language = locale === 'nl' ? 'nl' : 'en';
  const { contact, name } = site.municipality;
  return (
    <Page page={page} title={t('openData.title')} wide>
      <Heading1>{t('openData.title')}</Heading1>
      <Paragraph lead>{t('openData.lead', { municipality: name })}</Paragraph>
      {editions.length === 0 && <Paragraph>{t('openData.none')}</Paragraph>}
      {editions.map((edition) => (
        <Edition page={page} edition={edition} title={titles.get(edition.survey)?.[language]} />
      ))}
      <Heading2>{t('openData.aboutTitle')}</Heading2>
      <List
        items={[
          <>
            {t('openData.licence')} <Link href={licence}>{licence}</Link>
          </>,
          t('openData.publisher', { municipality: name, email: contact.email }),
          <>
            {t('openData.catalogue')} <Link href="/open-data/catalogue">DCAT-AP-NL (JSON-LD)</Link>
          </>,
          t('openData.fixed'),
          t('openData.checksum'),
        ]}
      />
    </Page>
  );
}

function Edition({
  page,
  edition,
  title,
}: {
  page: PageContext;
  edition: OpenDataEdition;
  title: string | undefined;
}) {
  const { locale, t } = page;
  const language: Language = locale === 'nl' ? 'nl' : 'en';
  const { _id, survey, release, floor, from, to, publishedAt, files } = edition;
  const caption = filled(texts.dataset.title[language], { survey: title ?? survey, release });
  return (
    <section>
      <Heading2>{caption}</Heading2>
      <Paragraph>
        {t('openData.period', { from, to })}{' '}
        {t('openData.publishedOn', { day: dayText(publishedAt.toISOString().slice(0, 10), locale) })}
      </Paragraph>
      <List
        items={[
          filled(texts.dataset.description[language], { floor }),
          filled(texts.dataset.methods[language], {}),
          filled(texts.dataset.suppression[language], { floor }),
        ]}
      />
      <DataTable
        caption={t('openData.files')}
        head={[t('openData.file'), t('openData.table'), t('openData.bytes'), t('openData.sum')]}
        rows={files.map(({ name, table, bytes, checksum }) => [
          <Link href={`/open-data/${_id}/${name}`}>{name}</Link>,
          tableTitle(table, language),
          bytes,
          <code class="ge-break">{checksum}</code>,
        ])}
      />
    </section>
  );
}
