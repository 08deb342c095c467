import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { outboxDirectory, readOutbox } from '../../../jobs/transport/index.ts';
import { listPeople } from '../../../server/staff/people.ts';
import { putEntry } from '../../../surveys/municipality/index.ts';
import { usePages } from '../../support/pages.ts';
import { signedInAs, signedInOperator } from '../../support/staff.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'golden-ear-people-'));

describe('The page of people', () => {
  const pages = usePages({ DATA_DIR: dataDir });
  beforeEach(() => putEntry('department', 'burgerzaken', { names: { nl: 'Burgerzaken' } }));
  after(() => rmSync(dataDir, { recursive: true, force: true }));

  const found = async (email: string) => (await listPeople()).find((person) => person.email === email);

  it('invites somebody, who is told by mail', async () => {
    const admin = await signedInOperator(pages);
    const answer = await admin.post('/people', [
      ['email', 'eva@gemeente.example'],
      ['roles', 'coordinator'],
      ['roles', 'analyst'],
      ['departments', 'burgerzaken'],
    ]);
    expect([answer.status, answer.headers.get('location')]).to.deep.equal([303, '/people?lang=nl']);
    expect(await found('eva@gemeente.example')).to.deep.include({
      origin: 'invited',
      roles: ['coordinator', 'analyst'],
      departments: ['burgerzaken'],
    });
    const [mail] = await readOutbox(outboxDirectory(dataDir));
    expect([mail?.to, mail?.subject]).to.deep.equal([
      'eva@gemeente.example',
      'U hebt toegang tot de klanttevredenheid van Gemeente Voorbeeld',
    ]);
    const { text } = await admin.get('/people');
    expect(text).to.include('eva@gemeente.example').and.include('Beheerder via de opdrachtregel');
  });

  for (const [what, fields, fault] of [
    ['no address', { email: 'eva', roles: 'analyst' }, 'Vul een e-mailadres in'],
    [
      'two lines',
      { email: 'eva@gemeente.example\r\nBcc: m@evil.example', roles: 'analyst' },
      'Vul een e-mailadres in',
    ],
    [
      'an over-long address',
      { email: `${'x'.repeat(300)}@gemeente.example`, roles: 'analyst' },
      'Vul een e-mailadres in',
    ],
    ['no role', { email: 'eva@gemeente.example' }, 'Kies minstens één rol'],
    ['a role that there is not', { email: 'eva@gemeente.example', roles: 'root' }, 'Kies minstens één rol'],
    [
      'a coordinator of nothing',
      { email: 'eva@gemeente.example', roles: 'coordinator' },
      'minstens één afdeling',
    ],
    [
      'departments for an analyst',
      { email: 'eva@gemeente.example', roles: 'analyst', departments: 'burgerzaken' },
      'minstens één afdeling',
    ],
    [
      'a path for a department',
      { email: 'eva@gemeente.example', roles: 'coordinator', departments: '../../etc' },
      'minstens één afdeling',
    ],
  ] as [string, Record<string, string>, string][]) {
    it(`refuses ${what}, says so, and keeps what was filled in`, async () => {
      const admin = await signedInOperator(pages);
      const { status, text } = await admin.post('/people', fields);
      expect(status).to.equal(400);
      expect(text).to.include(fault).and.include('Fout: ');
      expect(await found(fields.email!)).to.equal(undefined);
    });
  }

  it('escapes what people are called', async () => {
    const admin = await signedInOperator(pages);
    const email = `"><script>alert(1)</script>@gemeente.example`;
    const { text } = await admin.post('/people', { email, roles: 'analyst' });
    expect(text).not.to.include('<script>');
  });

  it('changes roles at once, ends sessions, and takes access away', async () => {
    const eva = await signedInAs(pages, 'administrator');
    const admin = await signedInOperator(pages);
    const person = (await found('administrator@gemeente.example'))!;
    const path = `/people/${person._id}`;
    expect((await admin.post(path, { roles: 'analyst' }, path)).status).to.equal(303);
    expect((await eva.get('/people')).status).to.equal(403);
    const [, id] = /name="session" value="(\w+)"/.exec((await admin.get(path)).text) ?? [];
    expect((await admin.post(`${path}/end-session`, { session: id! }, path)).status).to.equal(303);
    expect((await eva.get('/overview')).status).to.equal(303);
    expect((await admin.post(`${path}/remove`, {}, path)).headers.get('location')).to.equal(
      '/people?lang=nl',
    );
    expect(await found('administrator@gemeente.example')).to.equal(undefined);
    expect((await admin.get(path)).status).to.equal(404);
  });

  it('lets nobody change or remove themselves, nor invite themselves again', async () => {
    const eva = await signedInAs(pages, 'administrator');
    const person = (await found('administrator@gemeente.example'))!;
    const path = `/people/${person._id}`;
    expect((await eva.get(path)).text).to.include('Uw eigen rollen kunt u niet veranderen');
    for (const [where, fields] of [
      [path, { roles: 'programme-manager' }],
      [`${path}/remove`, {}],
      ['/people', { email: 'Administrator@gemeente.example', roles: 'programme-manager' }],
      ['/people', { email: 'administrator@GEMEENTE。example', roles: 'programme-manager' }],
    ] as [string, Record<string, string>][]) {
      expect((await eva.post(where, fields)).status, where).to.be.oneOf([400, 403]);
    }
    expect((await found('administrator@gemeente.example'))?.roles).to.deep.equal(['administrator']);
  });

  it('takes no form without its token, and none with that of somebody else', async () => {
    const [admin, other] = [await signedInOperator(pages), await signedInAs(pages, 'administrator')];
    const stranger = /name="_csrf" value="(\w+)"/.exec((await other.get('/people')).text)?.[1] ?? '';
    for (const csrf of [undefined, '', 'x', stranger, `${stranger}0`]) {
      const fields = {
        email: 'eva@gemeente.example',
        roles: 'analyst',
        ...(csrf !== undefined && { _csrf: csrf }),
      };
      const { status, text } = await pages.post('/people', fields, { cookie: admin.cookie });
      expect(status, csrf).to.equal(403);
      expect(text).to.include('Dit formulier is verlopen');
    }
    expect(await found('eva@gemeente.example')).to.equal(undefined);
  });
});
