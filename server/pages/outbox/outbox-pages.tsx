import type { OutboxMail } from '../../../jobs/transport/index.ts';
import { Page } from '../components/page.tsx';
import { Heading1, Heading2, Link, List, Paragraph } from '../components/text.tsx';
import { formatTag, type Locale } from '../i18n.ts';
import type { PageContext } from '../page-context.ts';

export function OutboxPage({ page, mails }: { page: PageContext; mails: OutboxMail[] }) {
  const { locale, t } = page;
  return (
    <Page page={page} title={t('outbox.title')} wide>
      <Heading1>{t('outbox.title')}</Heading1>
      <Paragraph lead>{t('outbox.lead')}</Paragraph>
      {mails.length === 0 ? (
        <Paragraph>{t('outbox.empty')}</Paragraph>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <section class="ge-scroll" aria-label={t('outbox.title')} tabIndex={0}>
          <table class="utrecht-table utrecht-table--html-table">
            <caption class="utrecht-table__caption">{t('outbox.caption', { count: mails.length })}</caption>
            <thead>
              <tr>
                <th scope="col">{t('outbox.subject')}</th>
                <th scope="col">{t('outbox.to')}</th>
                <th scope="col">{t('outbox.date')}</th>
              </tr>
            </thead>
            <tbody>
              {mails.map((mail) => (
                <tr>
                  <th scope="row">
                    <Link href={`/outbox/${mail.id}?lang=${locale}`}>
                      {mail.subject || t('outbox.noSubject')}
                    </Link>
                  </th>
                  <td>{mail.to}</td>
                  <td>{instant(mail.writtenAt, locale)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Page>
  );
}

export function OutboxMailPage({ page, mail }: { page: PageContext; mail: OutboxMail }) {
  const { locale, t } = page;
  const links = mail.text.match(/https?:\/\/[^\s<>)]+/g) ?? [];
  return (
    <Page page={page} title={mail.subject || t('outbox.noSubject')}>
      <Heading1>{mail.subject || t('outbox.noSubject')}</Heading1>
      <dl class="ge-facts">
        <dt>{t('outbox.from')}</dt>
        <dd>{mail.from}</dd>
        <dt>{t('outbox.to')}</dt>
        <dd>{mail.to}</dd>
        <dt>{t('outbox.date')}</dt>
        <dd>{instant(mail.writtenAt, locale)}</dd>
      </dl>
      <Paragraph>
        <Link href={`/outbox/${mail.id}/html`}>{t('outbox.htmlOpen')}</Link>
      </Paragraph>
      <Heading2>{t('outbox.links')}</Heading2>
      <List
        items={[...new Set(links)].map((link) => (
          <span class="ge-break">
            <Link href={link}>{link}</Link>
          </span>
        ))}
      />
      <Heading2>{t('outbox.plain')}</Heading2>
      <div class="ge-plain">{mail.text}</div>
      <Paragraph>
        <Link href={`/outbox?lang=${locale}`}>{t('outbox.back')}</Link>
      </Paragraph>
    </Page>
  );
}

function instant(date: Date, locale: Locale): string {
  return date.toLocaleString(formatTag(locale), {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'Europe/Amsterdam',
  });
}
