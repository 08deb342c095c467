import { expect } from 'chai';
import { parse } from 'node-html-parser';
import { ResponseModel } from '../../../surveys/responses/index.ts';
import {
  closeSharedLink,
  countSharedAnswers,
  createSharedLink,
  type NewSharedLink,
} from '../../../surveys/shared-links/index.ts';
import { usePages } from '../../support/pages.ts';

const journey: NewSharedLink = {
  purpose: 'card',
  survey: 'customer-journey',
  department: 'burgerzaken',
  channel: 'counter',
  mode: 'web',
  opensAt: new Date('2026-03-01T00:00:00Z'),
  closesAt: new Date('2026-12-31T00:00:00Z'),
};

describe('the page of a shared link', () => {
  const pages = usePages({ RATE_LIMITS: 'sharedLink=400,sharedAnswers=10' });
  const make = (change: Partial<NewSharedLink> = {}) =>
    createSharedLink(pages.ctx, { ...journey, ...change });

  async function open(code: string, cookie = '') {
    const { status, text, headers } = await pages.request(`/r/${code}`, { headers: { cookie } });
    const page = parse(text);
    const ticket = page.querySelector('[name=_ticket]')?.getAttribute('value') ?? '';
    return { status, page, text, headers, ticket };
  }
  /** Reads the form for half a minute and sends it. */
  async function answer(code: string, fields: Record<string, string>, cookie = '') {
    const { ticket } = await open(code, cookie);
    pages.ctx.clock.advance(30_000);
    return pages.post(`/r/${code}`, { _ticket: ticket, ...fields }, { cookie });
  }

  it('is the form of the survey, changes nothing when opened and leaves no cookie', async () => {
    const { code } = await make();
    const { status, text, headers } = await open(code);
    expect(status).to.equal(200);
    expect(text)
      .to.include('Welk cijfer geeft u dit contact?')
      .and.not.to.include('Afmelden onder in de mail');
    expect(headers.get('set-cookie')).to.equal(null);
    expect(await ResponseModel.countDocuments()).to.equal(0);
  });

  it('leads to its one address however the code is written', async () => {
    const { code } = await make();
    const { status, headers } = await pages.request(`/r/${code.toLowerCase().replace('-', '')}?lang=en`);
    expect([status, headers.get('location')]).to.deep.equal([303, `/r/${code}?lang=en`]);
  });

  it('stores an answer, thanks, and lets the same browser change and delete it', async () => {
    const { code, link } = await make();
    const posted = await answer(code, { overall: '8' });
    expect([posted.status, posted.headers.get('location')]).to.deep.equal([303, `/r/${code}/thanks?lang=nl`]);
    const kept = posted.headers.get('set-cookie') ?? '';
    expect(kept).to.include(`Path=/r/${code}`).and.to.include('HttpOnly').and.to.include('SameSite=Lax');
    const cookie = kept.split(';')[0]!;
    expect((await pages.request(`/r/${code}/thanks`, { headers: { cookie } })).text).to.include(
      `/r/${code}/delete`,
    );

    const again = await open(code, cookie);
    expect(again.page.querySelector('[name=overall][value="8"]')?.hasAttribute('checked')).to.equal(true);
    await answer(code, { overall: '3' }, cookie);
    expect((await ResponseModel.find().lean()).map(({ answers }) => answers)).to.deep.equal([{ overall: 3 }]);

    await pages.post(`/r/${code}/delete`, {}, { cookie });
    expect(await countSharedAnswers(pages.ctx, link)).to.deep.equal({ counted: 0, flagged: 0 });
  });

  it('keeps nothing in a browser that the next person uses', async () => {
    const { code } = await make({ mode: 'kiosk', purpose: 'kiosk' });
    const posted = await answer(code, { overall: '8' });
    expect(posted.status).to.equal(303);
    expect(posted.headers.get('set-cookie')).to.equal(null);
    expect((await pages.request(`/r/${code}/thanks`)).text).not.to.include(`/r/${code}/delete`);
  });

  it('shows what is wrong with an answer, and then takes it', async () => {
    const { code } = await make();
    const wrong = await answer(code, { overall: '11' });
    expect(wrong.status).to.equal(400);
    const ticket = parse(wrong.text).querySelector('[name=_ticket]')?.getAttribute('value') ?? '';
    expect((await pages.post(`/r/${code}`, { _ticket: ticket, overall: '10' })).status).to.equal(303);
    expect(await ResponseModel.countDocuments({ flagged: true })).to.equal(0);
  });

  it('says kindly that it is not open yet, is closed, or is unknown', async () => {
    const { code } = await make({ opensAt: new Date('2026-03-20T08:00:00Z') });
    const soon = await open(code);
    expect(soon.status).to.equal(403);
    expect(soon.text).to.include('vanaf 20 maart, 09:00');
    const closed = await make();
    const { ticket } = await open(closed.code);
    await closeSharedLink(pages.ctx, closed.link._id);
    expect((await open(closed.code)).status).to.equal(410);
    pages.ctx.clock.advance(3_540_000);
    expect((await pages.post(`/r/${closed.code}`, { _ticket: ticket, overall: '7' })).status).to.equal(303);
    pages.ctx.clock.advance(60_000);
    const late = await pages.post(`/r/${closed.code}`, { _ticket: ticket, overall: '7' });
    expect([late.status, late.text.includes('Deze vragen zijn gesloten')]).to.deep.equal([410, true]);
    expect((await open('ZZZZ-ZZZZ')).status).to.equal(404);
  });

  it('limits and flags a script that posts 1,000 times: what it sent counts nowhere', async () => {
    const { code, link } = await make();
    for (const overall of ['7', '8', '9']) {
      await answer(code, { overall });
      pages.ctx.clock.advance(60_000);
    }
    const statuses = new Map<number, number>();
    for (let sent = 0; sent < 1_000; sent += 1) {
      const { status } = await pages.post(`/r/${code}`, { overall: '1' });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect(statuses.get(429)).to.be.above(500);
    const { counted, flagged } = await countSharedAnswers(pages.ctx, link);
    expect(counted).to.equal(3);
    expect(flagged).to.equal(statuses.get(303));
  });

  it('flags also a patient script that opens each form and waits, once answers come faster than people give them', async () => {
    const { code, link } = await make();
    for (let sent = 0; sent < 40; sent += 1) await answer(code, { overall: '1' });
    expect(await countSharedAnswers(pages.ctx, link)).to.deep.equal({ counted: 10, flagged: 30 });
  });
});
