import { expect } from 'chai';
import { auditPage } from '../../../../server/audit/index.ts';
import { usePages } from '../../../support/pages.ts';
import { type ProviderUnderTest, startProvider } from '../../../support/provider.ts';
import { browserWith, cookieIn } from '../../../support/staff.ts';
import { beginAt } from '../../../support/through-provider.ts';

describe('Signing in strongly enough at an identity provider', () => {
  const env = {
    OIDC_ISSUER: '',
    OIDC_CLIENT_ID: 'golden-ear',
    OIDC_CLIENT_SECRET: '',
    OIDC_ACR_VALUES: 'two-steps',
    OIDC_AMR_VALUES: 'hwk,mfa',
    OIDC_MAX_AGE_MINUTES: '60',
  };
  let provider: ProviderUnderTest;
  before(async () => {
    provider = await startProvider(() => pages.url);
    env.OIDC_ISSUER = provider.issuer;
    env.OIDC_CLIENT_SECRET = provider.clientSecret;
    provider.accounts.set('ben', { name: 'Ben', roles: ['administrator'] });
  });
  const pages = usePages(env);
  after(() => provider.close());

  async function signIn(language = 'nl') {
    const { cookie, back } = await beginAt(pages, 'ben');
    return pages.request(`${back}&lang=${language}`, { headers: { cookie } });
  }

  it('asks for it', async () => {
    const asked = new URL((await pages.request('/sign-in/provider')).headers.get('location')!).searchParams;
    expect([asked.get('acr_values'), asked.get('max_age')]).to.deep.equal(['two-steps', '3600']);
  });

  it('lets in who did', async () => {
    provider.logins.set('ben', { acr: 'two-steps', amr: ['pwd', 'mfa'] });
    const { status, headers } = await signIn();
    expect([status, headers.get('location')]).to.deep.equal([303, '/overview']);
    expect((await browserWith(pages, cookieIn(headers)).get('/people')).status).to.equal(200);
  });

  for (const [what, login] of [
    ['signed in by a name only', {}],
    ['signed in by something else', { acr: 'name', amr: ['mfa'] }],
    ['did not show how', { acr: 'two-steps' }],
  ] as [string, { acr?: string; amr?: string[] }][]) {
    it(`does not let in who ${what}, says so on a page and in the audit log`, async () => {
      provider.logins.set('ben', login);
      const { status, headers, text } = await signIn();
      expect([status, headers.getSetCookie()]).to.deep.equal([403, []]);
      expect(text)
        .to.include('Log in met een extra stap')
        .and.include('href="/sign-in?lang=nl&amp;again=yes"');
      expect((await signIn('en')).text).to.include('Sign in with an extra step');
      const entries = await auditPage(undefined, 10);
      expect(entries.map(({ who, what: done }) => `${who} ${done}`)).to.deep.equal(
        Array(2).fill('nobody signIn.refused'),
      );
    });
  }
});
