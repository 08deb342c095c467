import { expect } from 'chai';
import mongoose from 'mongoose';
import { invitePerson, removePerson } from '../../../server/staff/people.ts';
import { usePages } from '../../support/pages.ts';
import {
  addressOf,
  browserWith,
  cookieIn,
  csrfIn,
  signedInAs,
  signedInOperator,
} from '../../support/staff.ts';

const minute = 60_000;

describe('A session', () => {
  const pages = usePages();

  it('ends after half an hour without use, and lives on with use, up to twelve hours', async () => {
    const staff = await signedInAs(pages, 'analyst');
    for (let time = 0; time < 24; time += 1) {
      pages.ctx.clock.advance(29 * minute);
      expect((await staff.get('/sessions')).status, `after ${time + 1} times 29 minutes`).to.equal(200);
    }
    pages.ctx.clock.advance(25 * minute);
    expect((await staff.get('/sessions')).status).to.equal(303);
    const other = await signedInAs(pages, 'analyst');
    pages.ctx.clock.advance(30 * minute);
    expect((await other.get('/sessions')).status).to.equal(303);
  });

  it('has another id than the visit before it, and than the session before it', async () => {
    const one = await signedInAs(pages, 'analyst');
    const again = await signedInAs(pages, 'analyst');
    expect(one.cookie).not.to.equal(again.cookie);
    // Who plants a cookie of theirs in a browser does not hold the session that the browser then gets.
    const planted = `golden-ear=${'A'.repeat(43)}`;
    expect((await browserWith(pages, planted).get('/sessions')).status).to.equal(303);
  });

  it('is kept as a keyed hash', async () => {
    const { cookie } = await signedInAs(pages, 'analyst');
    const kept = JSON.stringify(await mongoose.connection.db?.collection('staffSessions').find().toArray());
    expect(kept).to.include('lastSeenAt').and.not.include(cookie.split('=')[1]!);
  });

  for (const [what, forged] of [
    ['forged', `golden-ear=${'x'.repeat(43)}`],
    ['cut', 'golden-ear=abc'],
    ['over-long', `golden-ear=${'x'.repeat(4_000)}`],
    ['of another kind', 'golden-ear[$ne]=x'],
    ['a stored hash', ''],
  ]) {
    it(`is not opened by a cookie that is ${what}`, async () => {
      await signedInAs(pages, 'administrator');
      const [stored] = (await mongoose.connection.db?.collection('staffSessions').find().toArray()) ?? [];
      const cookie = forged || `golden-ear=${String(stored?._id).slice(0, 43)}`;
      expect((await pages.request('/sessions', { headers: { cookie } })).status).to.equal(303);
    });
  }

  it('loses at once what its person may not do any more, and gets a new id', async () => {
    const staff = await signedInAs(pages, 'administrator');
    const before = staff.cookie;
    expect((await staff.get('/people')).status).to.equal(200);
    await invitePerson(pages.ctx, { email: addressOf('administrator'), roles: ['analyst'], departments: [] });
    const csrf = csrfIn((await pages.request('/sessions', { headers: { cookie: before } })).text);
    expect(csrf).to.not.equal('');
    expect((await pages.request('/people', { headers: { cookie: before } })).status).to.equal(303);
    const again = await signedInAs(pages, 'analyst');
    expect((await again.get('/people')).status).to.equal(403);
  });

  it('is refused a form at once, also one that was opened while the role was still there', async () => {
    const staff = await signedInAs(pages, 'administrator');
    const csrf = csrfIn((await staff.get('/keys')).text);
    await invitePerson(pages.ctx, { email: addressOf('administrator'), roles: ['analyst'], departments: [] });
    const fields = { name: 'late', scopes: 'contacts:write', _csrf: csrf };
    expect((await pages.post('/keys', fields, { cookie: staff.cookie })).status).to.equal(403);
    const renewed = await staff.get('/sessions');
    expect(cookieIn(renewed.headers)).to.match(/^golden-ear=.{43}$/);
    expect((await staff.get('/keys')).status).to.equal(403);
  });

  it('ends at once when access is taken away', async () => {
    const staff = await signedInAs(pages, 'analyst');
    const person = await invitePerson(pages.ctx, {
      ...{ email: addressOf('analyst'), roles: ['analyst'], departments: [] },
    });
    await removePerson(person._id);
    expect((await staff.get('/sessions')).status).to.equal(303);
  });

  it('is listed to its person, who ends others; nobody else’s can be ended that way', async () => {
    const [here, there] = [await signedInAs(pages, 'analyst'), await signedInAs(pages, 'analyst')];
    const stranger = await signedInOperator(pages);
    const ids = async (staff: typeof here) =>
      [...(await staff.get('/sessions')).text.matchAll(/name="session" value="(\w+)"/g)].map(([, id]) => id!);
    const own = await ids(here);
    expect(own).to.have.length(2);
    const [strangers] = await ids(stranger);
    expect(own).not.to.include(strangers);
    expect((await here.post('/sessions/end', { session: strangers! })).status).to.equal(404);
    expect((await stranger.get('/sessions')).status).to.equal(200);
    for (const id of own) {
      const text = (await here.get('/sessions')).text;
      const isHere = text.slice(0, text.indexOf(id)).split('<tr>').at(-1)!.includes('deze sessie');
      if (!isHere) expect((await here.post('/sessions/end', { session: id })).status).to.equal(303);
    }
    expect((await there.get('/sessions')).status).to.equal(303);
    expect((await here.get('/sessions')).status).to.equal(200);
  });

  it('ends others only within ten minutes of signing in; later its person signs in again', async () => {
    const [here, there] = [await signedInAs(pages, 'analyst'), await signedInAs(pages, 'analyst')];
    const idsOn = (text: string) => [...text.matchAll(/name="session" value="(\w+)"/g)].map(([, id]) => id!);
    const ids = idsOn((await here.get('/sessions')).text);
    pages.ctx.clock.advance(10 * minute);
    const late = await here.get('/sessions?lang=en');
    expect(late.text).to.include('Sign in again to end sessions').and.include('Open sessions');
    expect(idsOn(late.text)).to.deep.equal([]);
    for (const session of ids) {
      const { status, headers } = await here.post('/sessions/end', { session });
      expect([status, headers.get('location')]).to.deep.equal([303, '/sessions?lang=nl']);
    }
    expect((await there.get('/sessions')).status).to.equal(200);
    const again = await here.post('/sessions/again', {});
    expect([again.status, again.headers.get('location')]).to.deep.equal([
      ...[303, '/sign-in?lang=nl&to=%2Fsessions&again=yes'],
    ]);
    expect((await pages.request('/sessions', { headers: { cookie: here.cookie } })).status).to.equal(303);
    const fresh = await signedInAs(pages, 'analyst');
    const left = idsOn((await fresh.get('/sessions')).text);
    expect(left).to.have.length(2);
    for (const session of left.filter((id) => ids.includes(id)))
      expect((await fresh.post('/sessions/end', { session })).status).to.equal(303);
    expect((await there.get('/sessions')).status).to.equal(303);
    expect((await fresh.get('/sessions')).status).to.equal(200);
  });

  it('reads the API and changes nothing through it', async () => {
    const staff = await signedInAs(pages, 'administrator');
    const json = { accept: 'application/json' };
    expect((await staff.get('/v1/sending', json)).status).to.equal(200);
    const paused = await pages.request('/v1/sending/pause', {
      method: 'POST',
      headers: { cookie: staff.cookie },
    });
    expect(paused.status).to.equal(403);
    expect(JSON.parse((await staff.get('/v1/sending', json)).text)).to.deep.equal({ paused: false });
    const withKey = await staff.get('/v1/sending', { ...json, authorization: 'Bearer nonsense' });
    expect(withKey.status).to.equal(401);
  });
});
