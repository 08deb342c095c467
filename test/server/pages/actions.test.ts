import { expect } from 'chai';
import { parse } from 'node-html-parser';
import { sendNotices } from '../../../jobs/notices/index.ts';
import type { Mail } from '../../../jobs/transport/index.ts';
import { type Action, ActionModel } from '../../../surveys/actions/index.ts';
import { FollowerModel, followerToken } from '../../../surveys/followers/index.ts';
import { defaultMunicipality, putEntry, putMunicipality } from '../../../surveys/municipality/index.ts';
import { NoticeModel } from '../../../surveys/notices/model.ts';
import { invite, usePages } from '../../support/pages.ts';
import { type StaffBrowser, signedInAs } from '../../support/staff.ts';

const form = {
  kind: 'bottleneck',
  about: 'Brieven zijn onduidelijk',
  month: '2026-02',
  department: 'burgerzaken',
  product: 'paspoort',
  what: 'Brieven herschrijven',
  owner: 'Eva',
  by: '2026-04-01',
  measure: '',
};
const told = { said: 'De brief was onduidelijk.', did: 'Wij schreven hem opnieuw.' };

describe('Actions of departments', () => {
  const pages = usePages();

  async function plan(browser: StaffBrowser, more: Partial<typeof form> = {}): Promise<string> {
    const { headers } = await browser.post('/actions', { ...form, ...more });
    return /\/actions\/\w+/.exec(headers.get('location') ?? '')?.[0] ?? '';
  }

  it('say so when there is no measure, and can be planned without', async () => {
    const coordinator = await signedInAs(pages, 'coordinator');
    const action = await plan(coordinator);
    expect((await coordinator.get(`${action}?lang=nl`)).text).to.include(
      'Bij deze actie is geen cijfer gekozen',
    );
  });

  it('are those of the own departments: others can not be planned, read, ended or published', async () => {
    const manager = await signedInAs(pages, 'programme-manager');
    const action = await plan(manager, { department: 'vergunningen' });
    const coordinator = await signedInAs(pages, 'coordinator');
    expect((await coordinator.post('/actions', { ...form, department: 'vergunningen' })).status).to.equal(
      403,
    );
    expect((await coordinator.get(action)).status).to.equal(404);
    expect((await coordinator.post(`${action}/end`, {})).status).to.equal(404);
    expect((await coordinator.post(`${action}/tell`, told)).status).to.equal(404);
    expect((await coordinator.get('/actions')).text).not.to.include('herschrijven');
    expect((await ActionModel.find().lean<Action[]>()).map(({ state }) => state)).to.deep.equal(['planned']);
  });

  it('name every fault of the form at once and keep what was typed', async () => {
    const coordinator = await signedInAs(pages, 'coordinator');
    const faultsOf = (text: string) =>
      parse(text)
        .querySelectorAll('[role=alert] li')
        .map((one) => one.text);
    const unreadable = await coordinator.post('/actions?lang=nl', { ...form, month: 'mei', owner: '' });
    expect(unreadable.status).to.equal(400);
    expect(faultsOf(unreadable.text)).to.deep.equal([
      'Vul de maand in als 2026-03, niet later dan deze maand.',
      'Vul in wie ervoor zorgt.',
    ]);
    const wrong = { ...form, month: '2026-04', measure: 'customer-journey.comment' };
    const { text } = await coordinator.post('/actions', wrong);
    expect(faultsOf(text)).to.have.length(2);
    const more = parse(text);
    expect(more.querySelector('#about')?.text).to.include('onduidelijk');
  });

  it('stay readable when their department is renamed or gone', async () => {
    const coordinator = await signedInAs(pages, 'coordinator');
    const action = await plan(coordinator);
    expect((await coordinator.get(action)).text).to.include('burgerzaken');
    await putEntry('department', 'burgerzaken', { names: { nl: 'Publiekszaken' } });
    expect((await coordinator.get(`${action}?lang=nl`)).text).to.include('Publiekszaken');
  });

  it('are done on the day on which that was said first, and told only when done', async () => {
    const coordinator = await signedInAs(pages, 'coordinator');
    const action = await plan(coordinator);
    expect((await coordinator.post(`${action}/tell`, told)).status).to.equal(404);
    await coordinator.post(`${action}/end`, {});
    pages.ctx.clock.set('2026-03-11T09:00:00Z');
    const next = await signedInAs(pages, 'coordinator');
    await next.post(`${action}/end`, { state: 'stopped' });
    expect(await ActionModel.findOne().lean()).to.include({ state: 'done', doneOn: '2026-03-10' });
  });
});

describe('"You said, we did" and news of it', () => {
  const pages = usePages();

  it('stands with the product, on the thank-you page of its answers, and knows nothing of the answer', async () => {
    await putEntry('product', 'paspoort', { names: { nl: 'Paspoort' } });
    const coordinator = await signedInAs(pages, 'coordinator');
    const { headers } = await coordinator.post('/actions', form);
    const action = /\/actions\/\w+/.exec(headers.get('location')!)![0];
    await coordinator.post(`${action}/end`, {});
    await coordinator.post(`${action}/tell`, told);
    expect((await pages.request('/you-said-we-did/paspoort?lang=nl')).text).to.include(told.did);
    expect((await pages.request('/you-said-we-did/rijbewijs')).status).to.equal(404);

    const { survey, token } = await invite(pages.ctx, { product: 'paspoort' });
    const posted = await pages.post(survey, { overall: '8' });
    const thanks = await pages.request(posted.headers.get('location')!);
    expect(thanks.text).to.include(told.did);
    const follow = parse(thanks.text)
      .querySelectorAll('main a')
      .map((link) => link.getAttribute('href')!)
      .find((href) => href.startsWith('/follow'));
    expect(follow).not.to.include(token);
    expect(thanks.headers.get('referrer-policy')).to.equal('no-referrer');
  });

  it('is asked for in Arabic, and the mail that asks to confirm it is in Arabic too', async () => {
    await putMunicipality({ ...defaultMunicipality, languages: ['ar'] });
    const asked = await pages.post('/follow?lang=ar', { email: 'eva@voorbeeld.example' });
    expect(parse(asked.text).querySelector('html')?.getAttribute('lang')).to.equal('ar');
    const mails: Mail[] = [];
    const send = async (mail: Mail) => {
      mails.push(mail);
      return { kind: 'accepted' } as const;
    };
    await sendNotices(pages.ctx, {
      transport: { send, close: async () => {} },
      settings: { baseUrl: pages.url, mailFrom: 'vraag@gemeente.example' },
    });
    const [{ html, text }] = mails as [Mail];
    expect(parse(html).querySelector('html')?.getAttribute('dir')).to.equal('rtl');
    const link = new URL(/\S+\/follow\/confirm\/\S+/.exec(text)![0]);
    const page = parse((await pages.request(link.pathname + link.search)).text);
    expect(page.querySelector('html')?.getAttribute('lang')).to.equal('ar');
  });

  it('is asked for with the same answer whoever asks, and confirmed and stopped by a button only', async () => {
    const first = await pages.post('/follow', { email: 'eva@voorbeeld.example' });
    const again = await pages.post('/follow', { email: 'eva@voorbeeld.example' });
    expect(first.text).to.equal(again.text);
    expect((await pages.post('/follow', { email: 'geen adres' })).status).to.equal(400);
    expect(await NoticeModel.countDocuments()).to.equal(1);

    const { _id } = (await FollowerModel.findOne().lean())!;
    const confirm = `/follow/confirm/${followerToken(pages.ctx.keys, 'confirm', _id)}`;
    const stop = `/follow/stop/${followerToken(pages.ctx.keys, 'stop', _id)}`;
    await pages.request(confirm);
    expect((await FollowerModel.findOne().lean())?.confirmed, 'opening a link changes nothing').to.equal(
      false,
    );
    await pages.post(confirm, {});
    expect((await FollowerModel.findOne().lean())?.confirmed).to.equal(true);
    await pages.request(stop);
    expect(await FollowerModel.countDocuments()).to.equal(1);
    await pages.post(stop, { 'List-Unsubscribe': 'One-Click' });
    expect(await FollowerModel.countDocuments()).to.equal(0);
    expect((await pages.post(confirm, {})).status).to.equal(410);
    expect((await pages.post(`/follow/stop/${'x'.repeat(80)}`, {})).status).to.equal(404);
  });
});
