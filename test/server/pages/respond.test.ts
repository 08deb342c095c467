import { expect } from 'chai';
import { parse } from 'node-html-parser';
import { InvitationModel } from '../../../surveys/invitations/index.ts';
import { readAnswers } from '../../../surveys/responses/index.ts';
import { ResponseModel } from '../../../surveys/responses/model.ts';
import { invite, usePages } from '../../support/pages.ts';

describe("the resident's page", () => {
  const pages = usePages();
  const titleOf = (html: string) => parse(html).querySelector('h1')?.text;

  it('asks what the survey asks, in the language of the invitation', async () => {
    const { survey } = await invite(pages.ctx, { language: 'en' });
    const { status, text } = await pages.request(survey);
    expect(status).to.equal(200);
    expect(parse(text).querySelector('html')?.getAttribute('lang')).to.equal('en');
    expect(text).to.include('What grade do you give this contact?');
  });

  it('has another language under ?lang=, and stays in it', async () => {
    const { survey } = await invite(pages.ctx);
    const { text } = await pages.request(`${survey}?lang=en`);
    expect(parse(text).querySelector('form')?.getAttribute('action')).to.equal('?lang=en');
    const posted = await pages.post(`${survey}?lang=en`, { overall: '8' });
    expect(posted.headers.get('location')).to.equal(`${survey}/thanks?lang=en`);
  });

  it('leaves out what is not asked for the channel of the contact, and the call-back', async () => {
    const { survey } = await invite(pages.ctx, { channel: 'website' });
    const names = parse((await pages.request(survey)).text)
      .querySelectorAll('[data-question]')
      .map((field) => field.getAttribute('data-question'));
    expect(names).to.include.members(['overall', 'ease', 'comment']);
    expect(names).not.to.include.members(['listening']);
    expect(names).not.to.include.members(['callback']);
  });

  it('says nothing of the resident: two links to the same survey lead to the same page', async () => {
    const [one, other] = [await invite(pages.ctx), await invite(pages.ctx)];
    const [first, second] = [await pages.request(one.survey), await pages.request(other.survey)];
    expect(first.text).to.equal(second.text);
    expect(first.text).not.to.include(one.token);
  });

  it('changes nothing when it is opened, however often', async () => {
    const { survey } = await invite(pages.ctx);
    const before = await InvitationModel.find().lean();
    for (const path of ['', '/thanks', '/delete', '/deleted', '?lang=en']) await pages.request(survey + path);
    expect(await InvitationModel.find().lean()).to.deep.equal(before);
    expect(await ResponseModel.countDocuments()).to.equal(0);
  });

  it('stores an answer and thanks', async () => {
    const { survey, token } = await invite(pages.ctx);
    const { status, headers } = await pages.post(survey, {
      overall: '8',
      result: 'yes',
      ease: '',
      comment: 'Fijn!',
    });
    expect(status).to.equal(303);
    const thanks = await pages.request(headers.get('location') ?? '');
    expect(titleOf(thanks.text)).to.equal('Bedankt voor uw antwoord');
    expect(await readAnswers(token)).to.deep.equal({ overall: 8, result: 'yes', comment: 'Fijn!' });
  });

  it('shows the answer again, to change it: the second replaces the first', async () => {
    const { survey, token } = await invite(pages.ctx);
    await pages.post(survey, { overall: '3', comment: 'Te <lang> gewacht' });
    const form = parse((await pages.request(survey)).text);
    expect(form.querySelector('input[name=overall][value=3]')?.hasAttribute('checked')).to.equal(true);
    expect(form.querySelector('textarea[name=comment]')?.text).to.equal('Te <lang> gewacht');
    await pages.post(survey, { overall: '7' });
    expect(await readAnswers(token)).to.deep.equal({ overall: 7 });
    expect(await ResponseModel.countDocuments()).to.equal(1);
  });

  it('deletes the answer after a question, and may be answered again', async () => {
    const { survey, token } = await invite(pages.ctx);
    await pages.post(survey, { overall: '3' });
    expect(titleOf((await pages.request(`${survey}/delete`)).text)).to.equal(
      'Wilt u uw antwoord verwijderen?',
    );
    expect(await readAnswers(token)).to.deep.equal({ overall: 3 });

    const { status, headers } = await pages.post(`${survey}/delete`, {});
    expect(status).to.equal(303);
    expect(titleOf((await pages.request(headers.get('location') ?? '')).text)).to.equal(
      'Uw antwoord is verwijderd',
    );
    expect(await readAnswers(token)).to.equal(undefined);
    expect((await pages.post(survey, { overall: '6' })).status).to.equal(303);
    expect(await readAnswers(token)).to.deep.equal({ overall: 6 });
  });

  it('comes back with what was filled in when something is wrong', async () => {
    const { survey, token } = await invite(pages.ctx);
    const { status, text } = await pages.post(survey, {
      overall: '11',
      ease: '',
      result: 'no',
      comment: 'Hallo',
    });
    expect(status).to.equal(400);
    const page = parse(text);
    expect(page.querySelector('title')?.text).to.match(/^Fout: /);
    expect(page.querySelector('[role=alert] a')?.getAttribute('href')).to.equal('#q-overall');
    expect(page.querySelector('#q-overall')?.getAttribute('name')).to.equal('overall');
    expect(page.querySelector('input[name=result][value=no]')?.hasAttribute('checked')).to.equal(true);
    expect(page.querySelector('input[name=ease][value=""]')?.hasAttribute('checked')).to.equal(true);
    expect(page.querySelector('textarea')?.text).to.equal('Hallo');
    expect(await readAnswers(token)).to.equal(undefined);
  });

  it('refuses a form without an answer', async () => {
    const { survey } = await invite(pages.ctx);
    for (const fields of [{}, { overall: '', comment: '  ' }]) {
      const { status, text } = await pages.post(survey, fields);
      expect(status).to.equal(400);
      expect(text).to.include('Geef antwoord op minstens één vraag.');
    }
  });

  it('refuses what the form did not ask, and keeps script a text', async () => {
    const { survey, token } = await invite(pages.ctx, { channel: 'website' });
    for (const name of ['listening', 'callback', '$where', '__proto__', 'no.such']) {
      expect((await pages.post(survey, { overall: '8', [name]: '5' })).status, name).to.equal(400);
    }
    await pages.post(survey, { comment: '<script>alert(1)</script>' });
    expect(await readAnswers(token)).to.deep.equal({ comment: '<script>alert(1)</script>' });
    expect((await pages.request(survey)).text).not.to.include('<script');
  });

  it('answers a form that is no form with a page', async () => {
    const { survey } = await invite(pages.ctx);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const huge = await pages.request(survey, {
      method: 'POST',
      body: `comment=${'x'.repeat(300_000)}`,
      headers,
    });
    expect(huge.status).to.equal(413);
    expect(titleOf(huge.text)).to.equal('Wij konden het formulier niet lezen');
    const json = await pages.request(survey, {
      method: 'POST',
      body: '{"overall": 8}',
      headers: { 'content-type': 'application/json' },
    });
    expect(json.status).to.equal(400);
  });

  it('is friendly about links that lead to no form', async () => {
    const { survey, token } = await invite(pages.ctx);
    for (const wrong of [
      'x',
      token.slice(1),
      `${token}a`,
      'a'.repeat(32),
      'a'.repeat(4_000),
      '%00',
      '..%2f',
    ]) {
      const { status, text } = await pages.request(`/s/${wrong}`);
      expect(status, wrong).to.equal(404);
      expect(titleOf(text)).to.equal('Deze link kennen wij niet');
    }
    pages.ctx.clock.advance(31 * 24 * 60 * 60 * 1_000);
    for (const late of [await pages.request(survey), await pages.post(survey, { overall: '8' })]) {
      expect(late.status).to.equal(410);
      expect(titleOf(late.text)).to.equal('Deze vragen zijn gesloten');
    }
  });

  it('can still be taken back when the questions are closed', async () => {
    const { survey, token } = await invite(pages.ctx);
    await pages.post(survey, { overall: '8' });
    pages.ctx.clock.advance(31 * 24 * 60 * 60 * 1_000);
    const closed = await pages.request(survey);
    expect(closed.status).to.equal(410);
    expect(closed.text).to.include(`${survey}/delete`);
    await pages.post(`${survey}/delete`, {});
    expect(await readAnswers(token)).to.equal(undefined);
  });

  it('says so when the answer came through another mail', async () => {
    const { survey, token } = await invite(pages.ctx);
    await InvitationModel.updateOne({}, { $set: { state: 'answered', closedBy: 'f'.repeat(64) } });
    const { status, text } = await pages.request(survey);
    expect(status).to.equal(409);
    expect(titleOf(text)).to.equal('U hebt al geantwoord');
    expect((await pages.post(survey, { overall: '1' })).status).to.equal(409);
    expect(await readAnswers(token)).to.equal(undefined);
  });

  it('may load only its own style sheet and images, and is kept nowhere', async () => {
    const { survey } = await invite(pages.ctx);
    const { headers, text } = await pages.request(survey);
    expect(headers.get('content-security-policy')).to.include("default-src 'none'").and.not.include('unsafe');
    expect(headers.get('cache-control')).to.equal('no-store');
    expect(headers.get('referrer-policy')).to.equal('no-referrer');
    expect(text).not.to.match(/<script|<style| style=| on\w+=/);
  });
});
