import type { OpenDataEdition } from '../../../surveys/open-data/index.ts';
import { filled, type Language, tableTitle, texts } from '../../open-data/texts.ts';
import { dayText } from '../../staff/moments.ts';
import { DataTable } from '../components/data-table.tsx';
import { Page } from '../components/page.tsx';
import { Heading1, Heading2, Link, List, Paragraph } from '../components/text.tsx';
import { formatTag } from '../i18n.ts';
import type { PageContext } from '../page-context.ts';
import { monthText } from '../rounds/round-words.ts';

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
            {t('openData.catalogue')} <Link href="/open-data/catalogue">DCAT-AP-NL (JSON-LD)</Link>,{' '}
            <Link href="/open-data/catalogue.ttl">Turtle</Link>
          </>,
          t('openData.fixed'),
          t('openData.checksum'),
        ]}
      />
    </Page>
  );
}

interface EditionProps {
  page: PageContext;
  edition: OpenDataEdition;
  title: string | undefined;
}

function Edition({ page, edition, title }: EditionProps) {
  const { locale, t } = page;
  const language: Language = locale === 'nl' ? 'nl' : 'en';
  const { survey, release, floor, from, to, publishedAt } = edition;
  const caption = filled(texts.dataset.title[language], { survey: title ?? survey, release });
  return (
    <section>
      <Heading2>{caption}</Heading2>
      <Paragraph>
        {t('openData.period', { from: monthText(from, locale), to: monthText(to, locale) })}{' '}
        {t('openData.publishedOn', { day: dayText(publishedAt.toISOString().slice(0, 10), locale) })}
      </Paragraph>
      <Files page={page} edition={edition} />
      <List
        items={[
          filled(texts.dataset.description[language], { floor }),
          filled(texts.dataset.methods[language], {}),
          filled(texts.dataset.suppression[language], { floor }),
        ]}
      />
      <details class="ge-no-print">
        <summary>{t('openData.sums')}</summary>
        <DataTable
          caption={t('openData.sums')}
          head={[t('openData.file'), t('openData.bytes'), t('openData.sum')]}
          rows={edition.files.map(({ name, bytes, checksum }) => [
            name,
            bytes,
            <code class="ge-break">{checksum}</code>,
          ])}
        />
      </details>
    </section>
  );
}

/** What people look for: a table in the form that they can use. A file is named by its table and its form. */
const forms = [
  { ending: '.csv', form: 'csv' },
  { ending: '.xlsx', form: 'xlsx' },
  { ending: '.json', form: 'json' },
  { ending: '.csv-metadata.json', form: 'columns' },
] as const;

function Files({ page, edition: { _id, files } }: Pick<EditionProps, 'page' | 'edition'>) {
  const { locale, t } = page;
  const language: Language = locale === 'nl' ? 'nl' : 'en';
  const bytes = new Map(files.map((file) => [file.name, file.bytes]));
  const size = new Intl.NumberFormat(formatTag(locale), { style: 'unit', unit: 'kilobyte' });
  return (
    <DataTable
      caption={t('openData.files')}
      head={[t('openData.table'), ...forms.map(({ form }) => t(`openData.form.${form}`))]}
      rows={[...new Set(files.map(({ table }) => table))].map((table) => [
        tableTitle(table, language),
        ...forms.map(({ ending, form }) => {
          const name = `${table}${ending}`;
          return (
            <>
              <Link href={`/open-data/${_id}/${name}`}>
                {t(`openData.form.${form}`)}
                <span class="ge-visually-hidden">{`: ${tableTitle(table, language)}`}</span>
              </Link>{' '}
              ({size.format(Math.ceil((bytes.get(name) ?? 0) / 1_000))})
            </>
          );
        }),
      ])}
    />
  );
}
