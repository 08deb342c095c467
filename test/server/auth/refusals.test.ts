import { expect } from 'chai';
import { auditPage } from '../../../server/audit/index.ts';
import { createToken } from '../../../server/auth/api-tokens.ts';
import { createLogger } from '../../../server/log.ts';
import { findInvited } from '../../../server/staff/people.ts';
import { usePages } from '../../support/pages.ts';
import { addressOf, browserWith, signedInAs } from '../../support/staff.ts';

const metricsToken = 'a-token-for-metrics-in-tests';

describe('Who is refused for want of a permission', () => {
  const pages = usePages({ METRICS_TOKEN: metricsToken });
  const lines: string[] = [];
  pages.ctx.log = createLogger('info', { write: (line: string) => lines.push(line) });
  beforeEach(() => lines.splice(0));

  const events = () =>
    lines
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ event }) => event === 'access.refused');
  const inAudit = async () =>
    (await auditPage(undefined, 100)).filter(({ what }) => what === 'access.refused').reverse();
  const idOf = async (role: 'analyst' | 'coordinator') =>
    (await findInvited(pages.ctx, addressOf(role)))!._id;
  const withKey = (token: string, path: string, method = 'GET') =>
    pages.request(path, { method, headers: { authorization: `Bearer ${token}` } });

  /** How often it was counted, so far in this process. */
  async function counted(permission: string, by: string): Promise<number> {
    const { text } = await withKey(metricsToken, '/metrics');
    const line = new RegExp(
      `^golden_ear_access_refused_total\\{permission="${permission}",by="${by}"\\} (\\d+)$`,
      'm',
    );
    return Number(line.exec(text)?.[1] ?? 0);
  }

  it('is an event of the log, with the person as a pseudonym and the pattern of the route', async () => {
    const analyst = await signedInAs(pages, 'analyst');
    const before = await counted('people:write', 'person');
    expect((await analyst.get('/people/a.secret@resident.example?secret=secret')).status).to.equal(403);
    expect(events()).to.have.length(1);
    const who = `person:${await idOf('analyst')}`;
    expect(events()[0]).to.include({
      level: 40,
      who,
      ...{ permission: 'people:write', problem: 'forbidden', method: 'GET', route: '/people/:id' },
    });
    expect(events()[0]?.requestId).to.match(/^[0-9a-f-]{36}$/);
    expect(JSON.stringify(events())).not.to.match(/@|secret|127\.0/);
    expect(await counted('people:write', 'person')).to.equal(before + 1);
    expect((await inAudit()).map((entry) => [entry.who, entry.on])).to.deep.equal([[who, 'people:write']]);
  });

  it('may be a key: its name, which may be somebody’s, is in the audit log only', async () => {
    const token = await createToken(pages.ctx, { name: 'key of J. Jansen', scopes: ['aggregates:read'] });
    expect((await withKey(token, '/v1/sending/pause', 'POST')).status).to.equal(403);
    expect(events()).to.have.length(1);
    expect(events()[0]).to.include({ permission: 'sending:write', route: '/v1/sending/pause' });
    expect(events()[0]?.who).to.match(/^key:[0-9a-f]{16}$/);
    expect(lines.join('')).not.to.include('Jansen');
    expect((await inAudit()).map(({ who }) => who)).to.deep.equal(['key:key of J. Jansen']);
  });

  it('may have the permission, but for other departments', async () => {
    const coordinator = await signedInAs(pages, 'coordinator');
    const other = '/v1/aggregates?survey=customer-journey&by=department&department=werk-en-inkomen';
    expect((await coordinator.get(other)).status).to.equal(403);
    expect(events()).to.have.length(1);
    expect(events()[0]).to.include({ permission: 'aggregates:read', problem: 'otherDepartment' });
  });

  it('is logged and counted each time; the audit log gets one entry an hour for each permission', async () => {
    const analyst = await signedInAs(pages, 'analyst');
    const before = await counted('keys:write', 'person');
    for (let time = 0; time < 5; time += 1) await analyst.get('/keys');
    expect(events()).to.have.length(5);
    expect(await counted('keys:write', 'person')).to.equal(before + 5);
    expect((await inAudit()).map(({ on }) => on)).to.deep.equal(['keys:write']);
    await analyst.get('/audit');
    expect((await inAudit()).map(({ on }) => on)).to.deep.equal(['keys:write', 'audit:read']);
    pages.ctx.clock.advance(25 * 60_000);
    await analyst.get('/keys');
    expect(await inAudit()).to.have.length(2);
    pages.ctx.clock.advance(25 * 60_000);
    await analyst.get('/sessions');
    pages.ctx.clock.advance(10 * 60_000);
    await analyst.get('/keys');
    expect((await inAudit()).map(({ on }) => on)).to.deep.equal(['keys:write', 'audit:read', 'keys:write']);
  });

  it('is nobody who is not known, and no form that is too old', async () => {
    await pages.request('/keys');
    await pages.request('/v1/sending', {});
    await withKey('goldenear_forged', '/v1/aggregates?survey=customer-journey');
    const { cookie } = await signedInAs(pages, 'administrator');
    const forged = await pages.post('/keys', { name: 'mine', _csrf: 'forged' }, { cookie });
    expect(forged.status).to.equal(403);
    expect((await browserWith(pages, cookie).get('/nothing-here')).status).to.equal(404);
    expect([events(), await inAudit()]).to.deep.equal([[], []]);
  });
});
