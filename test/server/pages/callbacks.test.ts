import { expect } from 'chai';
import { parse } from 'node-html-parser';
import { AuditModel } from '../../../server/audit/model.ts';
import { CallbackWishModel } from '../../../surveys/callbacks/model.ts';
import { ResponseModel } from '../../../surveys/responses/index.ts';
import { putSurveySettings } from '../../../surveys/settings/index.ts';
import { invite, usePages } from '../../support/pages.ts';
import { signedInAs } from '../../support/staff.ts';

const answer = { overall: '2', callback: 'yes', callbackNumber: '06 12345678' };

describe('Calling residents back', () => {
  const pages = usePages();

  const callsBack = () =>
    putSurveySettings('customer-journey', { callbacks: { departments: ['burgerzaken'] } });

  it('is asked where the department calls, and nowhere else', async () => {
    const { survey } = await invite(pages.ctx);
    expect(parse((await pages.request(survey)).text).querySelector('[name=callback]')).to.equal(null);
    expect((await pages.post(survey, answer)).status, 'a form that asks it all the same').to.equal(400);
    await callsBack();
    const form = parse((await pages.request(survey)).text);
    expect(form.querySelectorAll('[name=callback]')).to.have.length(2);
    expect(form.querySelector('[name=callbackNumber]')?.getAttribute('autocomplete')).to.equal('tel');
  });

  it('keeps the wish apart from the answers and says when we call', async () => {
    await callsBack();
    const { survey } = await invite(pages.ctx);
    const { headers } = await pages.post(survey, answer);
    const thanks = await pages.request(headers.get('location')!);
    expect(thanks.text).to.include('Wij bellen u uiterlijk 13 mrt 2026.');
    const [response] = await ResponseModel.find().lean();
    expect(response?.answers).to.deep.equal({ overall: 2 });
    expect(JSON.stringify(response)).not.to.include((await CallbackWishModel.findOne().lean())!._id);
  });

  it('needs a number that can be called, and shows the form again with what was typed', async () => {
    await callsBack();
    const { survey } = await invite(pages.ctx);
    for (const callbackNumber of ['', 'morgen']) {
      const { status, text } = await pages.post(survey, { ...answer, callbackNumber });
      const form = parse(text);
      expect(status).to.equal(400);
      expect(form.querySelector('[role=alert] a')?.getAttribute('href')).to.equal('#q-callbackNumber');
      expect(form.querySelector('#q-callbackNumber')?.getAttribute('value')).to.equal(callbackNumber);
    }
    expect(await ResponseModel.countDocuments()).to.equal(0);
  });

  it('is taken back with a no, and with the answer', async () => {
    await callsBack();
    const { survey } = await invite(pages.ctx);
    await pages.post(survey, answer);
    expect(parse((await pages.request(survey)).text).querySelector('[value=yes][checked]')).not.to.equal(
      null,
    );
    await pages.post(survey, { overall: '2', callback: 'yes', callbackNumber: '' });
    expect(await CallbackWishModel.countDocuments(), 'no number: the old one stays').to.equal(1);
    await pages.post(survey, { overall: '2', callback: 'no' });
    expect(await CallbackWishModel.countDocuments()).to.equal(0);
    await pages.post(survey, answer);
    await pages.post(`${survey}/delete`, {});
    expect(await CallbackWishModel.countDocuments()).to.equal(0);
  });

  it('is worked off in a list of the own departments: overdue shown, erased when called', async () => {
    await callsBack();
    const { survey } = await invite(pages.ctx);
    await pages.post(survey, answer);
    const other = await signedInAs(pages, 'coordinator', ['vergunningen']);
    expect((await other.get('/callbacks')).text).not.to.include('+31612345678');
    const id = (await CallbackWishModel.findOne().lean())!._id;
    await other.post('/callbacks', { id });
    expect(await CallbackWishModel.countDocuments(), 'by another department').to.equal(1);

    pages.ctx.clock.set('2026-03-16T09:00:00Z');
    const coordinator = await signedInAs(pages, 'coordinator', ['burgerzaken']);
    const list = await coordinator.get('/callbacks?lang=nl');
    expect(list.text).to.include('+31612345678').and.include('dringend, te laat');
    const done = await coordinator.post('/callbacks', { id }, '/callbacks');
    expect(done.headers.get('location')).to.include('handled=yes');
    expect(await CallbackWishModel.countDocuments()).to.equal(0);
    const written = (await AuditModel.find().lean()).map(({ what }) => what);
    expect(written).to.include.members(['callbacks.viewed', 'callback.handled']);
  });
});
