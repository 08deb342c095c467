import type { ComponentChildren } from 'preact';
import type { Permission } from '../../auth/permissions.ts';
import { directionOf, isDraft, type Locale, locales, type TextKey, translator } from '../i18n.ts';
import { languageName } from '../language-of-form.ts';
import type { PageContext } from '../page-context.ts';
import { KioskHead, KioskWarning } from './kiosk-parts.tsx';
import { Link } from './text.tsx';

interface PageProps {
  page: PageContext;
  title: string;
  /** The form was sent with faults: the title says so first. */
  faulty?: boolean;
  /** For tables: the full width of the screen. */
  wide?: boolean;
  /** Printed, it is only what stands on it: no header and no footer. */
  paper?: boolean;
  /** The part of the query besides the language that the language links keep. */
  query?: Record<string, string>;
  /** The id of a form that residents fill in: changing the language sends it along, so that nothing typed is lost. */
  form?: string;
  children: ComponentChildren;
}

/** The frame of every page: head, skip link, header with language switch, content, footer. */
export function Page({
  page,
  title,
  faulty = false,
  wide = false,
  paper = false,
  query = {},
  form,
  children,
}: PageProps) {
  const { site, locale, t } = page;
  const { municipality, assets } = site;
  return (
    <html lang={locale} dir={directionOf(locale)} class="utrecht-root">
      <head>
        <meta charSet="utf-8" />
        <title>{`${faulty ? t('layout.errorPrefix') : ''}${title} - ${municipality.name}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="format-detection" content="telephone=no" />
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={assets.stylesheet.path} />
        {page.kiosk && <KioskHead {...page.kiosk} />}
      </head>
      <body class={`utrecht-document utrecht-body${page.kiosk ? ' ge-kiosk' : ''}`}>
        <a class="utrecht-skip-link utrecht-skip-link--visible-on-focus" href="#content">
          {t('layout.skip')}
        </a>
        <div class={`utrecht-page-layout${wide ? ' ge-page--wide' : ''}${paper ? ' ge-page--paper' : ''}`}>
          <header class="utrecht-page-header">
            <div class="utrecht-page-header__content ge-header">
              <Brand page={page} />
              <StaffBar page={page} />
              <LanguageSwitch page={page} query={query} form={form} />
            </div>
          </header>
          <div class="utrecht-page-body">
            <main class="utrecht-page-body__content" id="content" tabIndex={-1}>
              {isDraft(locale) && <p class="utrecht-paragraph ge-draft">{t('language.draftNotice')}</p>}
              {children}
            </main>
          </div>
          {page.kiosk ? <KioskWarning page={page} /> : <Footer page={page} />}
        </div>
      </body>
    </html>
  );
}

function Brand({ page: { site } }: { page: PageContext }) {
  const { municipality, assets } = site;
  if (!municipality.logo || !assets.logo) return <div class="ge-brand">{municipality.name}</div>;
  return (
    <div class="ge-brand">
      <img class="ge-brand__logo" src={assets.logo.path} alt={municipality.logo.text} />
    </div>
  );
}

interface LanguageSwitchProps {
  page: PageContext;
  query: Record<string, string>;
  form: string | undefined;
}

function LanguageSwitch({
  page: { locale: current, languages = locales, t },
  query,
  form,
}: LanguageSwitchProps) {
  const link = (locale: Locale) => ({
    class: 'utrecht-link utrecht-link--html-a ge-bar__link',
    lang: locale,
    'aria-current': locale === current ? ('true' as const) : undefined,
    children: translator(locale)('language.name'),
  });
  return (
    <nav aria-label={t('layout.language')} class="ge-no-print">
      {/* Enter in a field presses the first button of its form, wherever it stands: that must not be a language. */}
      {form && <button type="submit" form={form} class="ge-hidden" tabIndex={-1} aria-hidden="true" />}
      <ul class="ge-bar">
        {languages.map((locale) => (
          <li>
            {form && locale !== current ? (
              <button {...link(locale)} type="submit" form={form} name={languageName} value={locale} />
            ) : (
              <a
                {...link(locale)}
                href={`?${new URLSearchParams({ ...query, lang: locale })}`}
                hreflang={locale}
              />
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}

function StaffBar({ page: { staff, locale, t } }: { page: PageContext }) {
  if (staff === undefined) return null;
  const places: { path: string; name: TextKey; needs?: Permission }[] = [
    { path: '/overview', name: 'layout.overview', needs: 'aggregates:read' },
    { path: '/dashboard', name: 'layout.dashboard', needs: 'aggregates:read' },
    { path: '/reports', name: 'layout.reports', needs: 'reports:read' },
    { path: '/comments', name: 'layout.comments', needs: 'comments:read' },
    { path: '/actions', name: 'layout.actions', needs: 'actions:write' },
    { path: '/callbacks', name: 'layout.callbacks', needs: 'callbacks:write' },
    { path: '/journey', name: 'layout.journey', needs: 'aggregates:read' },
    { path: '/arenas', name: 'layout.arenas', needs: 'arena:write' },
    { path: '/cards', name: 'layout.cards', needs: 'links:write' },
    { path: '/rounds', name: 'layout.rounds', needs: 'aggregates:read' },
    { path: '/people', name: 'layout.people', needs: 'people:write' },
    { path: '/keys', name: 'layout.keys', needs: 'keys:write' },
    { path: '/audit', name: 'layout.audit', needs: 'audit:read' },
    { path: '/retention', name: 'layout.retention', needs: 'privacy:write' },
    { path: '/erasure', name: 'layout.erasure', needs: 'privacy:write' },
    { path: '/records', name: 'layout.records', needs: 'records:write' },
    { path: '/sessions', name: 'layout.sessions' },
  ];
  const open = places.filter(({ needs }) => needs === undefined || staff.principal.grants.has(needs));
  return (
    <nav aria-label={t('layout.staff')} class="ge-no-print">
      <ul class="ge-bar">
        {open.map(({ path, name }) => (
          <li>
            <a class="utrecht-link utrecht-link--html-a ge-bar__link" href={`${path}?lang=${locale}`}>
              {t(name)}
            </a>
          </li>
        ))}
        <li>
          <form method="post" action={`/sign-out?lang=${locale}`}>
            <input type="hidden" name="_csrf" value={staff.csrf} />
            <button class="utrecht-button utrecht-button--secondary-action" type="submit">
              {t('layout.signOut')}
            </button>
          </form>
        </li>
      </ul>
    </nav>
  );
}

function Footer({ page: { site, locale, t } }: { page: PageContext }) {
  const { name, contact, privacyStatementUrl } = site.municipality;
  return (
    <footer class="utrecht-page-footer">
      <div class="utrecht-page-footer__content ge-footer">
        <p>{t('layout.contact', { municipality: name })}</p>
        <p>
          {t('layout.phone')}:{' '}
          <Link href={`tel:${contact.phone.replaceAll(/[^+\d]/g, '')}`}>{contact.phone}</Link>
        </p>
        <p>
          {t('layout.email')}: <Link href={`mailto:${contact.email}`}>{contact.email}</Link>
        </p>
        {contact.address && <p>{contact.address}</p>}
        {contact.url && (
          <p>
            <Link href={contact.url}>{new URL(contact.url).hostname}</Link>
          </p>
        )}
        <ul class="ge-bar ge-no-print">
          <li>
            <a class="utrecht-link utrecht-link--html-a ge-bar__link" href={`/genuine?lang=${locale}`}>
              {t('layout.genuine')}
            </a>
          </li>
          <li>
            <a class="utrecht-link utrecht-link--html-a ge-bar__link" href={privacyStatementUrl}>
              {t('layout.privacy')}
            </a>
          </li>
        </ul>
      </div>
    </footer>
  );
}
