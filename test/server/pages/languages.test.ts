import { expect } from 'chai';
import { parse } from 'node-html-parser';
import { getMunicipality, putMunicipality } from '../../../surveys/municipality/index.ts';
import { invite, usePages } from '../../support/pages.ts';
import { pause } from '../../support/until.ts';

describe('pages in the languages of residents', () => {
  const pages = usePages();

  async function offer(languages: string[]): Promise<void> {
    await putMunicipality({ ...(await getMunicipality()), languages });
    // The look of the municipality is read again after two seconds.
    await pause(2_100);
  }

  it('offers Dutch and English, and others only where the municipality does', async () => {
    const { survey } = await invite(pages.ctx, { language: 'ar' });
    const before = parse((await pages.request(`${survey}?lang=ar`)).text);
    expect(before.querySelector('html')?.getAttribute('lang')).to.equal('nl');

    await offer(['ar']);
    const after = parse((await pages.request(survey)).text);
    expect(after.querySelector('html')?.getAttribute('lang')).to.equal('ar');
    expect(after.querySelector('html')?.getAttribute('dir')).to.equal('rtl');
    expect(after.querySelector('.ge-draft')?.text).to.include('تُرجم هذا النص بواسطة الحاسوب');
    expect(after.querySelector('fieldset legend')?.text).to.equal('ما الدرجة التي تعطيها لهذا التواصل؟');
    expect(after.querySelectorAll('nav li').map((one) => one.text)).to.deep.equal([
      'Nederlands',
      'English',
      'العربية',
    ]);
  });

  it('keeps what was filled in when the language is changed, and stores nothing', async () => {
    const { survey } = await invite(pages.ctx);
    const filled = { overall: '8', comment: 'Snel geholpen', _seen: 'overall comment' };
    const { status, text } = await pages.post(`${survey}?lang=nl`, { ...filled, _lang: 'en' });
    const page = parse(text);
    expect(status).to.equal(200);
    expect(page.querySelector('html')?.getAttribute('lang')).to.equal('en');
    expect(page.querySelector('input[name=overall][checked]')?.getAttribute('value')).to.equal('8');
    expect(page.querySelector('textarea')?.text).to.include('Snel geholpen');
    expect(page.querySelector('form#answer')?.getAttribute('action')).to.equal('?lang=en');
    expect((await pages.request(`${survey}/thanks`)).status).to.equal(303);
  });

  it('has a button that does not change the language first, for who presses Enter', async () => {
    const { survey } = await invite(pages.ctx);
    const [first] = parse((await pages.request(survey)).text).querySelectorAll('button[type=submit]');
    expect(first?.getAttribute('name')).to.equal(undefined);
  });
});
