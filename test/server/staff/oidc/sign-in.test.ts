import { expect } from 'chai';
import { auditPage } from '../../../../server/audit/index.ts';
import { findInvited } from '../../../../server/staff/people.ts';
import { startSession } from '../../../../server/staff/sessions.ts';
import { usePages } from '../../../support/pages.ts';
import { type ProviderUnderTest, startProvider } from '../../../support/provider.ts';
import { addressOf, browserWith, cookieIn, signedInAs, signedInOperator } from '../../../support/staff.ts';
import { beginAt, throughProvider } from '../../../support/through-provider.ts';

describe('Signing in at an identity provider', () => {
  const env = {
    OIDC_ISSUER: '',
    OIDC_CLIENT_ID: 'golden-ear',
    OIDC_CLIENT_SECRET: '',
    OIDC_ROLES_CLAIM: '/realm_access/roles',
    OIDC_ROLES: 'ge-beheer=administrator,ge-afdeling=coordinator,ge-analyse=analyst',
    OIDC_DEPARTMENTS: 'Burgerzaken=burgerzaken,Werk=werk-en-inkomen',
  };
  let provider: ProviderUnderTest;
  before(async () => {
    provider = await startProvider(() => pages.url);
    env.OIDC_ISSUER = provider.issuer;
    env.OIDC_CLIENT_SECRET = provider.clientSecret;
  });
  const pages = usePages(env);
  beforeEach(() => {
    provider.accounts.clear();
    provider.accounts.set('anna', {
      name: 'Anna de Vries',
      email: 'anna@gemeente.example',
      realm_access: { roles: ['offline_access', 'ge-afdeling'] },
      departments: ['Burgerzaken', 'Unknown'],
    });
    provider.accounts.set('ben', { name: 'Ben', realm_access: { roles: ['ge-beheer'] } });
    provider.accounts.set('carla', { name: 'Carla', realm_access: { roles: ['offline_access'] } });
  });
  after(() => provider.close());

  const begin = (name: string, to = '') => beginAt(pages, name, to);

  async function signIn(name: string, to = '') {
    const { cookie, back } = await begin(name, to);
    const answer = await pages.request(back, { headers: { cookie } });
    return {
      ...answer,
      location: answer.headers.get('location'),
      cookie: cookieIn(answer.headers),
      back,
      before: cookie,
    };
  }

  it('asks with PKCE, state and nonce, and for no more than who somebody is', async () => {
    const { headers } = await pages.request('/sign-in/provider');
    const asked = new URL(headers.get('location')!).searchParams;
    expect(asked.get('code_challenge_method')).to.equal('S256');
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.get(name)).to.have.length.above(40);
    expect(asked.get('scope')).to.equal('openid profile email');
    const again = new URL((await pages.request('/sign-in/provider')).headers.get('location')!).searchParams;
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(again.get(name)).not.to.equal(asked.get(name));
  });

  it('lets in who has a role, with the departments that the provider names', async () => {
    const { status, location, cookie } = await signIn('anna');
    expect([status, location]).to.deep.equal([303, '/overview']);
    const staff = browserWith(pages, cookie);
    expect((await staff.get('/overview')).text).to.include('uw eigen afdelingen');
    expect((await staff.get('/people')).status).to.equal(403);
    const other = '/v1/aggregates?survey=customer-journey&by=department&department=werk-en-inkomen';
    expect((await staff.get(other)).status).to.equal(403);
  });

  it('opens the page that was asked for, and never another site', async () => {
    const asked = await pages.request('/keys?lang=en');
    expect(asked.headers.get('location')).to.equal('/sign-in?to=%2Fkeys%3Flang%3Den');
    expect((await signIn('ben', '/keys?lang=en')).location).to.equal('/keys?lang=en');
    for (const evil of [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      '/%5Cevil.example',
      'javascript:alert(1)',
    ])
      expect((await signIn('ben', evil)).location, evil).to.match(/^\/(overview|%5Cevil\.example)$/);
  });

  it('does not let in who has no role, and takes the sessions of who lost theirs', async () => {
    const carla = await signIn('carla');
    expect([carla.status, carla.cookie]).to.deep.equal([403, '']);
    expect(carla.text).to.include('U hebt hier nog geen rol');
    const before = browserWith(pages, (await signIn('ben')).cookie);
    expect((await before.get('/people')).status).to.equal(200);
    provider.accounts.set('ben', { name: 'Ben' });
    expect((await signIn('ben')).status).to.equal(403);
    expect((await before.get('/people')).status).to.equal(303);
  });

  it('writes down which access the provider gave, changed and took, before it holds', async () => {
    for (const account of [
      { name: 'Ben', realm_access: { roles: ['ge-beheer'] } },
      { name: 'Ben', realm_access: { roles: ['ge-beheer'] } },
      { name: 'Ben', realm_access: { roles: ['ge-analyse'] } },
      { name: 'Ben' },
    ]) {
      provider.accounts.set('ben', account);
      await signIn('ben');
    }
    const entries = (await auditPage(undefined, 100)).reverse();
    const done = entries.map(({ who, what }) => `${who.split(':')[0]} ${what}`);
    expect(done).to.deep.equal([
      ...['provider person.changed', 'person signIn.done', 'person signIn.done'],
      ...[
        'provider person.changed',
        'person signIn.done',
        'provider person.removed',
        'nobody signIn.refused',
      ],
    ]);
    expect(new Set(entries.flatMap(({ on }) => on ?? []))).to.have.property('size', 1);
    expect(entries[0]?.network).to.be.a('string');
  });

  it('reads roles at each sign-in; a change holds for other sessions too, which get a new id', async () => {
    const laptop = browserWith(pages, (await signIn('ben')).cookie);
    provider.accounts.set('ben', { name: 'Ben', realm_access: { roles: ['ge-analyse'] } });
    expect((await laptop.get('/people')).status).to.equal(200);
    const { cookie } = laptop;
    await signIn('ben');
    expect((await laptop.get('/people')).status).to.equal(403);
    expect((await laptop.get('/overview')).status).to.equal(200);
    expect(laptop.cookie).not.to.equal(cookie);
    expect((await browserWith(pages, cookie).get('/overview')).status).to.equal(303);
  });

  it('refuses an answer that is sent again, in the same browser and in another', async () => {
    const { back, before, cookie } = await signIn('ben');
    for (const held of [before, cookie, '']) {
      const answer = await pages.request(back, { headers: held ? { cookie: held } : {} });
      expect(answer.status, held).to.equal(400);
      expect(answer.text).to.include('Inloggen is niet gelukt');
    }
  });

  it('refuses an answer to somebody else, and a code of somebody else', async () => {
    const [victim, attacker] = [await begin('anna'), await begin('ben')];
    const swapped = await pages.request(attacker.back, { headers: { cookie: victim.cookie } });
    expect(swapped.status).to.equal(400);
    const mixed = new URL(victim.back, pages.url);
    mixed.searchParams.set('code', new URL(attacker.back, pages.url).searchParams.get('code')!);
    const answer = await pages.request(mixed.pathname + mixed.search, { headers: { cookie: victim.cookie } });
    expect([answer.status, answer.headers.getSetCookie()]).to.deep.equal([400, []]);
  });

  it('refuses a state that was changed, left out or given twice, and an issuer that is another', async () => {
    for (const change of [
      (query: URLSearchParams) => query.delete('state'),
      (query: URLSearchParams) => query.set('state', `${query.get('state')!.slice(0, 64)}.${btoa('/keys')}`),
      (query: URLSearchParams) => query.append('state', query.get('state')!),
      (query: URLSearchParams) => query.set('iss', 'https://evil.example'),
      (query: URLSearchParams) => query.delete('iss'),
      (query: URLSearchParams) => query.set('code', 'x'.repeat(43)),
      (query: URLSearchParams) => query.delete('code'),
      (query: URLSearchParams) => query.set('error', 'access_denied'),
    ]) {
      const { cookie, back } = await begin('ben');
      const changed = new URL(back, pages.url);
      change(changed.searchParams);
      const answer = await pages.request(changed.pathname + changed.search, { headers: { cookie } });
      expect(answer.status, change.toString()).to.equal(400);
      expect(answer.headers.getSetCookie()).to.deep.equal([]);
    }
  });

  it('takes no mailed link beside it, but the operator’s', async () => {
    expect((await pages.request('/sign-in')).text).not.to.include('name="email"');
    const invited = await signedInAs(pages, 'administrator');
    expect((await invited.get('/people')).status).to.equal(303);
    // Nor does a session of the time before the provider.
    const person = (await findInvited(pages.ctx, addressOf('administrator')))!;
    const secret = await startSession(pages.ctx, { idleMinutes: 30, hours: 12 }, person);
    expect((await browserWith(pages, `golden-ear=${secret}`).get('/people')).status).to.equal(303);
    expect((await (await signedInOperator(pages)).get('/people')).status).to.equal(200);
  });

  it('lets who signs in there again end sessions, and nobody whom it only recognised', async () => {
    const staff = browserWith(pages, (await signIn('ben')).cookie);
    expect((await staff.get('/sessions')).text)
      .to.include('Log opnieuw in')
      .and.not.include('name="session"');
    const { headers } = await staff.post('/sessions/again', {});
    const entry = await pages.request(headers.get('location')!);
    const href = /href="(\/sign-in\/provider[^"]*)"/.exec(entry.text)![1]!.replaceAll('&amp;', '&');
    const started = await pages.request(href);
    const asked = new URL(started.headers.get('location')!);
    expect(asked.searchParams.get('prompt')).to.equal('login');
    const cookie = cookieIn(started.headers);
    const back = new URL(await throughProvider(pages, asked.href, 'ben'));
    const returned = await pages.request(back.pathname + back.search, { headers: { cookie } });
    expect([returned.status, returned.headers.get('location')]).to.deep.equal([303, '/sessions']);
    const again = browserWith(pages, cookieIn(returned.headers));
    expect((await again.get('/sessions')).text).to.include('name="session"');
  });

  it('takes nobody’s word for it that they signed in again', async () => {
    const { cookie, back } = await begin('ben', '/sessions');
    const claimed = new URL(back, pages.url);
    claimed.searchParams.set('state', `${claimed.searchParams.get('state')}.again`);
    const answer = await pages.request(claimed.pathname + claimed.search, { headers: { cookie } });
    expect(answer.status).to.equal(400);
  });

  it('signs out here and leads on to the provider', async () => {
    const staff = browserWith(pages, (await signIn('ben')).cookie);
    const out = await staff.post('/sign-out', {});
    expect(out.status).to.equal(200);
    const refresh = out.headers.get('refresh') ?? '';
    expect(refresh).to.include(`0; url=${provider.issuer}/session/end?`);
    expect(new URL(refresh.slice('0; url='.length)).searchParams.get('post_logout_redirect_uri')).to.equal(
      `${pages.url}/sign-in`,
    );
    expect((await staff.get('/people')).status).to.equal(303);
  });
});

describe('An identity provider that is away', () => {
  const pages = usePages({
    OIDC_ISSUER: 'http://127.0.0.1:9',
    OIDC_CLIENT_ID: 'golden-ear',
    OIDC_CLIENT_SECRET: 'secret',
  });

  it('leaves residents alone, and is told to staff in words', async () => {
    expect((await pages.request('/genuine')).status).to.equal(200);
    expect((await pages.request('/sign-in')).status).to.equal(200);
    const { status, text } = await pages.request('/sign-in/provider');
    expect(status).to.equal(503);
    expect(text).to.include('Inloggen kan nu niet').and.include('<main');
  });
});
