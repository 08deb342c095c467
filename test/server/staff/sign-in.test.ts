import { expect } from 'chai';
import { parse } from 'node-html-parser';
import { createSignInLink, firstSignInLink } from '../../../server/staff/index.ts';
import { needsOneStepUpdates } from '../../support/mongodb.ts';
import { usePages } from '../../support/pages.ts';

describe('signing in', () => {
  const pages = usePages();
  const pathOf = (link: string) => new URL(link).pathname;
  const link = async () => pathOf(await createSignInLink(pages.ctx, pages.url));
  const cookieOf = (headers: Headers) => headers.getSetCookie()[0]?.split(';')[0] ?? '';

  /** Opens a link as a browser does: the cookie and the form token that go together. */
  async function open(path: string) {
    const { headers, text, status } = await pages.request(path);
    const csrf = parse(text).querySelector('input[name=_csrf]')?.getAttribute('value') ?? '';
    return { cookie: cookieOf(headers), csrf, status };
  }

  async function signIn() {
    const path = await link();
    const { cookie, csrf } = await open(path);
    const { headers } = await pages.post(path, { _csrf: csrf }, { cookie });
    return cookieOf(headers);
  }

  it('sends who is not signed in to the sign-in page', async () => {
    const { status, headers } = await pages.request('/overview');
    expect([status, headers.get('location')]).to.deep.equal([303, '/sign-in']);
    expect((await pages.request('/sign-in')).text).to.include('Inloggen voor medewerkers');
  });

  it('works by a link and a button, and opens the overview', async () => {
    const path = await link();
    const { cookie, csrf } = await open(path);
    const { status, headers } = await pages.post(path, { _csrf: csrf }, { cookie });
    expect([status, headers.get('location')]).to.deep.equal([303, '/overview?lang=nl']);
    expect(headers.getSetCookie()[0])
      .to.match(/; HttpOnly/)
      .and.match(/; SameSite=Lax/);
    expect(cookieOf(headers)).not.to.equal(cookie);
    expect((await pages.request('/overview', { headers: { cookie: cookieOf(headers) } })).status).to.equal(
      200,
    );
  });

  it('is not used up by what only opens the link', async () => {
    const path = await link();
    for (const _scan of [1, 2, 3]) expect((await open(path)).status).to.equal(200);
  });

  it('works once: of two at the same moment one gets in', async function () {
    await needsOneStepUpdates(this);
    const path = await link();
    const { cookie, csrf } = await open(path);
    const tries = await Promise.all([1, 2].map(() => pages.post(path, { _csrf: csrf }, { cookie })));
    expect(tries.map(({ status }) => status).sort()).to.deep.equal([303, 410]);
    expect((await open(path)).status).to.equal(410);
  });

  it('does not work with a link that is too old or not ours', async () => {
    const path = await link();
    pages.ctx.clock.advance(25 * 60 * 60 * 1_000);
    expect((await open(path)).status).to.equal(410);
    expect((await open(`/sign-in/${'A'.repeat(43)}`)).status).to.equal(410);
  });

  it('does not work without the form token of its own cookie', async () => {
    const path = await link();
    const { cookie, csrf } = await open(path);
    const stranger = await open(path);
    for (const [fields, headers] of [
      [{}, { cookie }],
      [{ _csrf: csrf }, {}],
      [{ _csrf: stranger.csrf }, { cookie }],
      [{ _csrf: `${csrf.slice(1)}0` }, { cookie }],
    ] as [Record<string, string>, Record<string, string>][]) {
      expect((await pages.post(path, fields, headers)).status).to.equal(403);
    }
    expect((await pages.post(path, { _csrf: csrf }, { cookie })).status).to.equal(303);
  });

  it('ends by signing out, which needs the form token too, and after half an hour unused', async () => {
    const cookie = await signIn();
    const overview = await pages.request('/overview', { headers: { cookie } });
    const csrf = parse(overview.text).querySelector('input[name=_csrf]')?.getAttribute('value') ?? '';
    expect((await pages.post('/sign-out', {}, { cookie })).status).to.equal(403);
    expect((await pages.post('/sign-out', { _csrf: csrf }, { cookie })).status).to.equal(200);
    expect((await pages.request('/overview', { headers: { cookie } })).status).to.equal(303);

    const other = await signIn();
    pages.ctx.clock.advance(30 * 60 * 1_000);
    expect((await pages.request('/overview', { headers: { cookie: other } })).status).to.equal(303);
  });

  it('is offered at each start until somebody has signed in; the offer before stops working', async () => {
    const first = pathOf((await firstSignInLink(pages.ctx, pages.url)) ?? '');
    const second = pathOf((await firstSignInLink(pages.ctx, pages.url)) ?? '');
    expect((await open(first)).status).to.equal(410);
    const { cookie, csrf } = await open(second);
    await pages.post(second, { _csrf: csrf }, { cookie });
    expect(await firstSignInLink(pages.ctx, pages.url)).to.equal(undefined);
  });
});

describe('signing in over https', () => {
  const pages = usePages({ BASE_URL: 'https://golden-ear.gemeente.example' });

  it('gives a cookie that only https sends and no neighbouring host can set', async () => {
    const link = new URL(await createSignInLink(pages.ctx, 'https://golden-ear.gemeente.example')).pathname;
    const { headers } = await pages.request(link);
    expect(headers.getSetCookie()[0]).to.match(/^__Host-golden-ear=.*; Path=\/.*; Secure/);
  });
});
