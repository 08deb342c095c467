import { expect } from 'chai';
import { createToken } from '../../../server/auth/api-tokens.ts';
import { invitePerson } from '../../../server/staff/people.ts';
import { createRelease, rollUp } from '../../../surveys/aggregates/index.ts';
import type { Aggregates } from '../../../surveys/aggregates/releases/read-aggregates.ts';
import { recordResponses } from '../../../surveys/responses/index.ts';
import { usePages } from '../../support/pages.ts';
import { type StaffBrowser, signedInAs } from '../../support/staff.ts';

const departments = ['burgerzaken', 'werk-en-inkomen', 'beheer-openbare-ruimte'];

describe('Who is limited to departments', () => {
  const pages = usePages();

  /** Two dozen answers per department and channel, and a release of them. */
  async function answers(): Promise<void> {
    const items = departments.flatMap((department) =>
      ['phone', 'counter'].flatMap((channel) =>
        Array.from({ length: 24 }, (_, index) => ({
          ...{ survey: 'customer-journey', department, channel, mode: 'kiosk', answerDate: '2025-06-15' },
          externalId: `${department}-${channel}-${index}`,
          answers: { overall: 5 + (index % 5) },
        })),
      ),
    );
    await recordResponses(pages.ctx, items);
    await rollUp(pages.ctx);
    await createRelease(pages.ctx, 'customer-journey');
  }

  type Ask = (query: string, accept?: string) => Promise<{ status: number; text: string }>;

  const askAs =
    (staff: StaffBrowser): Ask =>
    (query, accept = 'application/json') =>
      staff.get(`/v1/aggregates?survey=customer-journey${query}`, { accept });

  async function askWithKey(limit: string[]): Promise<Ask> {
    const token = await createToken(pages.ctx, {
      name: 'dashboard',
      scopes: ['aggregates:read'],
      departments: limit,
    });
    return (query, accept = 'application/json') =>
      pages.request(`/v1/aggregates?survey=customer-journey${query}`, {
        headers: { authorization: `Bearer ${token}`, accept },
      });
  }

  const codeOf = (text: string) => (JSON.parse(text) as { code: string }).code;
  const tableOf = (text: string) => JSON.parse(text) as Aggregates;

  for (const [who, asker] of [
    ['a coordinator', async () => askAs(await signedInAs(pages, 'coordinator', ['burgerzaken']))],
    ['a key', () => askWithKey(['burgerzaken'])],
  ] as [string, () => Promise<Ask>][]) {
    it(`${who} gets rows of those departments only, and no total over others`, async () => {
      await answers();
      const ask = await asker();
      for (const by of ['department', 'department,channel', 'department,period']) {
        const { status, text } = await ask(`&by=${by}`);
        expect(status, by).to.equal(200);
        const { rows, total, totals } = tableOf(text);
        expect(new Set(rows.map(({ department }) => department)), by).to.deep.equal(new Set(['burgerzaken']));
        expect([total, totals]).to.deep.equal([null, []]);
      }
    });

    it(`${who} is refused another department, in a filter and in an export`, async () => {
      await answers();
      const ask = await asker();
      for (const query of [
        '&department=werk-en-inkomen',
        '&by=channel&department=werk-en-inkomen',
        '&by=period&period=year&department=werk-en-inkomen',
        '&department=no-such-department',
      ]) {
        for (const accept of ['application/json', 'text/csv', 'text/csv;flavour=excel-nl']) {
          const { status, text } = await ask(query, accept);
          expect([status, codeOf(text)], query).to.deep.equal([403, 'otherDepartment']);
          expect(text).not.to.include('werk-en-inkomen');
        }
      }
      const csv = await ask('&by=department,channel', 'text/csv');
      expect(csv.status).to.equal(200);
      expect(csv.text)
        .to.include('burgerzaken')
        .and.not.match(/werk-en-inkomen|beheer-openbare-ruimte/);
      expect(csv.text.trim().split('\n')).to.have.length(3);
    });

    it(`${who} is refused what is about all departments together`, async () => {
      await answers();
      const ask = await asker();
      for (const query of [
        '',
        '&by=channel',
        '&by=period&period=year',
        '&by=product,stage',
        '&channel=phone',
      ]) {
        const { status, text } = await ask(query);
        expect([status, codeOf(text)], query).to.deep.equal([403, 'otherDepartment']);
      }
      const own = tableOf((await ask('&department=burgerzaken&by=channel')).text);
      expect(own.rows).to.have.length(2);
      expect(own.total).not.to.equal(null);
    });
  }

  it('a coordinator sees own departments on the overview, and neither totals nor names to confirm', async () => {
    await answers();
    const staff = await signedInAs(pages, 'coordinator', ['burgerzaken', 'werk-en-inkomen']);
    const { status, text } = await staff.get('/overview');
    expect(status).to.equal(200);
    const table = text.slice(text.indexOf('<table'), text.indexOf('</table>'));
    expect(table).to.include('Burgerzaken').and.include('Werk en inkomen').and.include('Telefoon');
    expect(table).not.to.match(/Beheer openbare ruimte|<th scope="row">Totaal/);
    expect(text).to.include('uw eigen afdelingen').and.not.include('Beheer openbare ruimte');
    const all = (await (await signedInAs(pages, 'analyst')).get('/overview')).text;
    expect(all).to.include('Beheer openbare ruimte').and.include('<th scope="row">Totaal');
  });

  it('somebody who is an analyst too sees everything', async () => {
    await answers();
    const staff = await signedInAs(pages, 'coordinator', ['burgerzaken']);
    await invitePerson(pages.ctx, {
      email: 'coordinator@gemeente.example',
      roles: ['coordinator', 'analyst'],
      departments: ['burgerzaken'],
    });
    expect(tableOf((await askAs(staff)('&by=department')).text).rows).to.have.length(3);
  });

  it('a key sends contacts and answers of its departments; others are rejected each by itself', async () => {
    const scopes = ['contacts:write', 'responses:write'];
    const key = (limit: string[]) =>
      createToken(pages.ctx, { name: 'counter', scopes, ...(limit.length > 0 && { departments: limit }) });
    const own = await key(['burgerzaken']);
    const every = await key([]);
    const send = async (token: string, method: string, path: string, body?: unknown) => {
      const answer = await pages.request(path, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return { ...answer, body: answer.text === '' ? undefined : JSON.parse(answer.text) };
    };
    const contact = (id: string, department: string) => ({
      ...{ source: 'test', id, department, occurredAt: '2026-03-09T10:00:00Z', channel: 'phone' },
    });
    const mixed = [contact('1', 'burgerzaken'), contact('2', 'werk-en-inkomen'), contact('3', 'burgerzaken')];
    const sent = await send(own, 'POST', '/v1/contacts', mixed);
    expect(
      sent.body.results.map(({ id, reason }: { id: string; reason: string }) => [id, reason]),
    ).to.deep.equal([
      ['1', 'noAddress'],
      ['2', 'otherDepartment'],
      ['3', 'noAddress'],
    ]);
    const alone = await send(own, 'POST', '/v1/contacts', contact('2', 'werk-en-inkomen'));
    expect([alone.status, alone.body.errors[0].code]).to.deep.equal([400, 'otherDepartment']);

    const answer = { survey: 'customer-journey', channel: 'phone', mode: 'kiosk', answers: { overall: 8 } };
    const answered = await send(own, 'POST', '/v1/responses', [
      { ...answer, department: 'werk-en-inkomen', externalId: 'a' },
      { ...answer, department: 'burgerzaken', externalId: 'b' },
    ]);
    expect(answered.body.results).to.deep.include({ externalId: 'b', decision: 'stored' });
    expect(answered.body.results[0]).to.deep.include({ externalId: 'a', reason: 'otherDepartment' });

    await send(every, 'POST', '/v1/contacts', contact('2', 'werk-en-inkomen'));
    for (const method of ['GET', 'DELETE']) {
      expect((await send(own, method, '/v1/contacts/test/2')).status, method).to.equal(404);
    }
    expect((await send(every, 'GET', '/v1/contacts/test/2')).status).to.equal(200);
    expect((await send(own, 'GET', '/v1/contacts/test/1')).status).to.equal(200);
    expect((await send(own, 'DELETE', '/v1/contacts/test/1')).status).to.equal(204);
  });

  it('a key can not be limited in what is about the whole municipality', async () => {
    const request = { name: 'x', scopes: ['surveys:write'], departments: ['burgerzaken'] };
    const error = await createToken(pages.ctx, request).catch((thrown: { faults: unknown[] }) => thrown);
    expect(error).to.have.nested.property('faults[0].code', 'wholeMunicipality');
  });
});
