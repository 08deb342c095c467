import { expect } from 'chai';
import { listTokens } from '../../../server/auth/api-tokens.ts';
import { tokenPattern } from '../../../server/auth/token-text.ts';
import { putEntry } from '../../../surveys/municipality/index.ts';
import { usePages } from '../../support/pages.ts';
import { signedInAs } from '../../support/staff.ts';

describe('The page of API keys', () => {
  const pages = usePages();
  beforeEach(() => putEntry('department', 'burgerzaken', { names: { nl: 'Burgerzaken' } }));

  const use = (key: string) => pages.request('/v1/sending', { headers: { authorization: `Bearer ${key}` } });

  it('makes a key, shows it this once, and tells when it was used', async () => {
    const admin = await signedInAs(pages, 'administrator');
    const made = await admin.post('/keys', [
      ['name', 'zaaksysteem'],
      ['scopes', 'contacts:write'],
      ['scopes', 'responses:write'],
      ['departments', 'burgerzaken'],
      ['endsOn', '2026-12-31'],
    ]);
    expect([made.status, made.headers.get('cache-control')]).to.deep.equal([200, 'no-store']);
    const [key] = tokenPattern.exec(made.text) ?? [];
    expect((await use(key!)).status).to.equal(200);
    const { text } = await admin.get('/keys');
    expect(text).to.include('zaaksysteem').and.include('31 dec 2026').and.include('10 mrt 2026');
    expect(text).not.to.match(tokenPattern);
    const { _id, ...kept } = (await listTokens())[0]!;
    expect(kept).to.deep.include({
      departments: ['burgerzaken'],
      endsOn: '2026-12-31',
      lastUsed: '2026-03-10',
    });
  });

  it('revokes a key at once', async () => {
    const admin = await signedInAs(pages, 'administrator');
    const made = await admin.post('/keys', { name: 'kcc', scopes: 'contacts:write' });
    const [key] = tokenPattern.exec(made.text) ?? [];
    const [{ _id } = { _id: '' }] = await listTokens();
    expect((await admin.post('/keys/revoke', { key: _id })).status).to.equal(303);
    expect((await use(key!)).status).to.equal(401);
    expect((await admin.post('/keys/revoke', { key: _id })).status).to.equal(404);
  });

  for (const [what, fields, fault] of [
    ['no name', { name: ' ', scopes: 'contacts:write' }, 'Vul een naam in'],
    ['an over-long name', { name: 'x'.repeat(101), scopes: 'contacts:write' }, 'Vul een naam in'],
    ['nothing that it may do', { name: 'kcc' }, 'Kies minstens één ding'],
    ['a scope that is no key’s', { name: 'kcc', scopes: 'people:write' }, 'Kies minstens één ding'],
    [
      'a day that there is not',
      { name: 'kcc', scopes: 'contacts:write', endsOn: '2026-02-30' },
      'een datum in die bestaat',
    ],
    [
      'a department for what is about all',
      { name: 'kcc', scopes: 'sending:write', departments: 'burgerzaken' },
      'de hele gemeente',
    ],
  ] as [string, Record<string, string>, string][]) {
    it(`refuses ${what} and says so`, async () => {
      const admin = await signedInAs(pages, 'administrator');
      const { status, text } = await admin.post('/keys', fields);
      expect(status).to.equal(400);
      expect(text).to.include(fault);
      expect(await listTokens()).to.deep.equal([]);
    });
  }
});
