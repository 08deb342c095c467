import type { AuditCheck, AuditEntry } from '../../audit/index.ts';
import { momentText } from '../../staff/moments.ts';
import { DataTable } from '../components/data-table.tsx';
import { Page } from '../components/page.tsx';
import { Alert, Heading1, Link, Paragraph } from '../components/text.tsx';
import type { StaffPageContext } from '../page-context.ts';

interface AuditPageProps {
  page: StaffPageContext;
  /** Newest first. */
  entries: AuditEntry[];
  /** Names of people, by id; who has no access any more is shown by id. */
  names: ReadonlyMap<string, string>;
  /** Where older entries go on. */
  before: number | undefined;
  /** Set when the whole log was gone through. */
  checked: AuditCheck | undefined;
}

/** Who did what, and when. */
export function AuditPage({ page, entries, names, before, checked }: AuditPageProps) {
  const { t, locale } = page;
  return (
    <Page page={page} title={t('audit.title')} wide>
      <Heading1>{t('audit.title')}</Heading1>
      <Paragraph>{t('audit.text')}</Paragraph>
      {checked && <Outcome page={page} checked={checked} />}
      <Paragraph>
        <Link href={`/audit?lang=${locale}&check=yes`}>{t('audit.check')}</Link>
        {' · '}
        <Link href="/v1/audit?format=csv">{t('audit.csv')}</Link>
        {' · '}
        <Link href="/v1/audit">{t('audit.ndjson')}</Link>
      </Paragraph>
      <DataTable
        caption={t('audit.caption')}
        head={[
          t('audit.number'),
          t('audit.when'),
          t('audit.who'),
          t('audit.action'),
          t('audit.on'),
          t('audit.network'),
        ]}
        rows={entries.map(({ _id, at, who, what, on, network }) => [
          _id,
          momentText(at, locale),
          nameOf(page, names, who),
          t(`audit.what.${what}`),
          on === undefined ? '–' : (names.get(on) ?? on),
          network?.slice(0, 8) ?? '–',
        ])}
      />
      {before !== undefined && (
        <Paragraph>
          <Link href={`/audit?lang=${locale}&before=${before}`}>{t('audit.older')}</Link>
        </Paragraph>
      )}
    </Page>
  );
}

function Outcome({ page: { t }, checked }: { page: StaffPageContext; checked: AuditCheck }) {
  const { entries, faults, last } = checked;
  const good = faults.length === 0;
  return (
    <Alert kind={good ? 'ok' : 'info'} title={t(good ? 'audit.goodTitle' : 'audit.faultTitle')} focus>
      <Paragraph>
        {good
          ? t('audit.good', { entries })
          : t('audit.fault', {
              numbers: faults
                .slice(0, 20)
                .map(({ number }) => number)
                .join(', '),
            })}
      </Paragraph>
      {last && (
        <Paragraph>
          {t('audit.note')}{' '}
          <code class="ge-break">
            {last.number}:{last.seal}
          </code>
        </Paragraph>
      )}
    </Alert>
  );
}

function nameOf({ t }: StaffPageContext, names: ReadonlyMap<string, string>, who: string): string {
  if (who === 'operator' || who === 'provider' || who === 'nobody') return t(`audit.who.${who}`);
  const [kind, ...id] = who.split(':');
  const name = id.join(':');
  return kind === 'key' ? t('audit.who.key', { name }) : (names.get(name) ?? name);
}
