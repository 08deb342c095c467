import { expect } from 'chai';
import { routes } from '../../../server/api/index.ts';
import { auditPage, checkAudit } from '../../../server/audit/index.ts';
import { createToken, listTokens, revokeToken } from '../../../server/auth/api-tokens.ts';
import { networkHash } from '../../../server/protection/network.ts';
import { findInvited, invitePerson } from '../../../server/staff/people.ts';
import { usePages } from '../../support/pages.ts';
import { browserWith, cookieIn, csrfIn, signedInAs, signedInOperator } from '../../support/staff.ts';

/** These bring data in from other systems, all day long; what they brought is in the ledger and the cells. */
const supply = ['contacts:write', 'responses:write', 'bounces:write'];

describe('What is written down', () => {
  const pages = usePages();

  const written = async () =>
    (await auditPage(undefined, 100)).reverse().map(({ who, what, on }) => [who.split(':')[0], what, on]);

  it('is every change through the API but the supply of contacts and answers', () => {
    const silent = routes.filter(
      ({ method, access, audit, path }) =>
        method !== 'get' &&
        audit === undefined &&
        !(supply.includes(access) && !(method === 'delete' || path.includes('{'))),
    );
    expect(silent.map(({ method, path }) => `${method} ${path}`)).to.deep.equal([]);
  });

  it('is coming in, being refused, and going out', async () => {
    const browser = await signedInAs(pages, 'analyst');
    await browser.post('/sign-out', {});
    const visitor = await pages.request('/sign-in');
    const form = { _csrf: csrfIn(visitor.text) };
    await pages.post(`/sign-in/${'x'.repeat(43)}`, form, { cookie: cookieIn(visitor.headers) });
    expect(await written()).to.deep.equal([
      ['person', 'signIn.done', undefined],
      ['person', 'signIn.out', undefined],
      ['nobody', 'signIn.refused', undefined],
    ]);
    const [entry] = await auditPage(undefined, 1);
    expect(entry?.network).to.equal(networkHash(pages.ctx.keys, '127.0.0.1'));
  });

  it('is who gave access to whom, and took it away', async () => {
    const browser = await signedInOperator(pages);
    await browser.post('/people', { email: 'eva@gemeente.example', roles: 'analyst' });
    const { _id } = await invitePerson(pages.ctx, { email: 'eva@gemeente.example', roles: ['analyst'] });
    await browser.post(`/people/${_id}`, { roles: 'privacy-officer' });
    await browser.post(`/people/${_id}/remove`, {});
    expect((await written()).slice(1)).to.deep.equal([
      ['person', 'person.invited', _id],
      ['person', 'person.changed', _id],
      ['person', 'person.removed', _id],
    ]);
  });

  it('is who made a key, what the key did, and who revoked it; never its text', async () => {
    const browser = await signedInOperator(pages);
    const made = await browser.post('/keys', [
      ['name', 'zaaksysteem'],
      ['scopes', 'sending:write'],
      ['scopes', 'aggregates:read'],
    ]);
    const [text] = /goldenear_[0-9A-Za-z]{49}/.exec(made.text) ?? [];
    const authorization = `Bearer ${text}`;
    await fetch(`${pages.url}/v1/sending/pause`, { method: 'POST', headers: { authorization } });
    const keysPage = await browser.get('/keys');
    const key = /name="key" value="([0-9a-f]{64})"/.exec(keysPage.text)?.[1];
    await browser.post('/keys/revoke', { key: key! });
    expect((await written()).slice(1)).to.deep.equal([
      ['person', 'key.made', 'zaaksysteem'],
      ['key', 'sending.paused', undefined],
      ['person', 'key.revoked', 'zaaksysteem'],
    ]);
    expect(JSON.stringify(await auditPage(undefined, 100))).not.to.include(text);
  });

  it('comes before a change of access, which is not made when it can not be written down', async () => {
    const { ctx } = pages;
    const fails = () => Promise.reject(new Error('the log can not be written'));
    const rejected = async (change: Promise<unknown>) =>
      expect(await change.catch(({ message }: Error) => message)).to.equal('the log can not be written');
    const given = { email: 'eva@gemeente.example', roles: ['analyst'] };
    await rejected(invitePerson(ctx, given, fails));
    expect(await findInvited(ctx, given.email)).to.equal(undefined);
    await rejected(createToken(ctx, { name: 'system', scopes: ['aggregates:read'] }, fails));
    expect(await listTokens()).to.deep.equal([]);
    await createToken(ctx, { name: 'system', scopes: ['aggregates:read'] });
    await rejected(revokeToken((await listTokens())[0]!._id, fails));
    expect(await listTokens()).to.have.length(1);
  });

  it('is who was refused what they may not do, not what they asked for', async () => {
    const browser = await signedInAs(pages, 'analyst');
    const answer = await browser.post('/keys', { name: 'mine', scopes: 'sending:write' });
    expect(answer.status).to.equal(403);
    expect((await written()).slice(1)).to.deep.equal([['person', 'access.refused', 'keys:write']]);
  });

  describe('for the privacy officer', () => {
    it('is a page with names, and a check of the whole log', async () => {
      const officer = await signedInAs(pages, 'privacy-officer');
      const page = await officer.get('/audit?lang=en');
      expect(page.text).to.include('Signed in').and.include('privacy-officer@gemeente.example');
      expect((await officer.get('/audit?lang=en&check=yes')).text).to.include('All 1 entries');
    });

    it('is an export as lines of JSON or as CSV, itself written down', async () => {
      const officer = await signedInAs(pages, 'privacy-officer');
      const lines = (await officer.get('/v1/audit')).text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(lines.map(({ number, what }) => [number, what])).to.deep.equal([
        [1, 'signIn.done'],
        [2, 'audit.exported'],
      ]);
      const csv = await officer.get('/v1/audit?format=csv');
      expect(csv.headers.get('content-type')).to.match(/^text\/csv/);
      expect(csv.headers.get('content-disposition')).to.include('audit.csv');
      expect(csv.text.split('\r\n')).to.have.length(5);
      expect(await checkAudit(pages.ctx.keys)).to.deep.include({ entries: 3, faults: [] });
    });

    it('is nobody else’s', async () => {
      const administrator = await signedInOperator(pages);
      expect((await administrator.get('/audit')).status).to.equal(403);
      expect((await administrator.get('/v1/audit')).status).to.equal(403);
      const nobody = browserWith(pages, '');
      expect((await nobody.get('/audit')).headers.get('location')).to.match(/^\/sign-in/);
    });
  });
});
