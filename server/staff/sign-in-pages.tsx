import { Page } from '../pages/components/page.tsx';
import { Button, Heading1, Link, Paragraph } from '../pages/components/text.tsx';
import type { PageContext } from '../pages/page-context.ts';
import { csrfField } from './csrf.ts';

interface Entry {
  page: PageContext;
  /** The page to open after signing in. */
  to: string;
}

/** Signs in by a button and not by the link alone: what opens links in mails must not use it up. */
export function SignInPage({ page, to, csrf, hours }: Entry & { csrf: string; hours: number }) {
  const { locale, t } = page;
  return (
    <Page page={page} title={t('signIn.title')} query={{ to }}>
      <Heading1>{t('signIn.title')}</Heading1>
      <Paragraph>{t('signIn.confirmText', { hours })}</Paragraph>
      <form method="post" action={`?lang=${locale}`}>
        <input type="hidden" name={csrfField} value={csrf} />
        <input type="hidden" name="to" value={to} />
        <Button>{t('signIn.confirm')}</Button>
      </form>
    </Page>
  );
}

/** Asks for an address to mail a link to. */
export function AskLinkPage({ page, to, csrf }: Entry & { csrf: string }) {
  const { locale, t } = page;
  return (
    <Page page={page} title={t('signIn.title')} query={{ to }}>
      <Heading1>{t('signIn.title')}</Heading1>
      <Paragraph>{t('signIn.askText')}</Paragraph>
      <form method="post" action={`/sign-in?lang=${locale}`}>
        <input type="hidden" name={csrfField} value={csrf} />
        <input type="hidden" name="to" value={to} />
        <div class="utrecht-form-field utrecht-form-field--text">
          <label class="utrecht-form-label" for="email">
            {t('signIn.email')}
          </label>
          <input
            class="utrecht-textbox utrecht-textbox--html-input"
            id="email"
            name="email"
            type="email"
            autocomplete="email"
            maxLength={254}
            required
          />
        </div>
        <p class="utrecht-paragraph">
          <Button>{t('signIn.ask')}</Button>
        </p>
      </form>
    </Page>
  );
}

/** Leads to the identity provider; `again` for who must sign in there although the provider knows them. */
export function ProviderPage({ page, to, again }: Entry & { again: boolean }) {
  const { t } = page;
  const query = new URLSearchParams({ to, ...(again && { again: 'yes' }) });
  return (
    <Page page={page} title={t('signIn.title')} query={{ to, ...(again && { again: 'yes' }) }}>
      <Heading1>{t('signIn.title')}</Heading1>
      <Paragraph>{t('signIn.providerText')}</Paragraph>
      <Paragraph>
        <Link href={`/sign-in/provider?${query}`}>{t('signIn.provider')}</Link>
      </Paragraph>
    </Page>
  );
}

/**
 * Says that the provider's answer was not accepted. Why is in the log. Who signed in too weakly is asked anew there: a provider
 * that knows them would send them back as they came.
 */
export function SignInFailedPage({ page, tooWeak }: { page: PageContext; tooWeak: boolean }) {
  const { locale, t } = page;
  const title = t(tooWeak ? 'signIn.tooWeakTitle' : 'signIn.failedTitle');
  const query = new URLSearchParams({ lang: locale, ...(tooWeak && { again: 'yes' }) });
  return (
    <Page page={page} title={title}>
      <Heading1>{title}</Heading1>
      <Paragraph>{t(tooWeak ? 'signIn.tooWeakText' : 'signIn.failedText')}</Paragraph>
      <Paragraph>
        <Link href={`/sign-in?${query}`}>{t('signIn.again')}</Link>
      </Paragraph>
    </Page>
  );
}
