import { expect } from 'chai';
import { parse } from 'node-html-parser';
import { mailTexts } from '../../../jobs/mail/index.ts';
import { sendNotices } from '../../../jobs/notices/index.ts';
import type { Mail } from '../../../jobs/transport/index.ts';
import { askToFollow, confirmFollower, FollowerModel } from '../../../surveys/followers/index.ts';
import { defaultMunicipality, putEntry, putMunicipality } from '../../../surveys/municipality/index.ts';
import { testContext } from '../../support/context.ts';
import { accept, keepingTransport } from '../../support/keeping-transport.ts';
import { useStore } from '../../support/store.ts';
import { tellOfEvenings } from '../../surveys/actions/told.ts';

const settings = { baseUrl: 'https://luister.gemeente.example', mailFrom: 'vraag@gemeente.example' };
const product = 'paspoort';

describe('jobs: news to who asked for it', () => {
  useStore();
  const ctx = testContext();
  const { mails, transport } = keepingTransport(accept);

  /** The mails to one who asked on a page in this language: the question to confirm it, and the news. */
  async function mailsIn(language: string): Promise<[Mail, Mail]> {
    mails.length = 0;
    await askToFollow(ctx, { email: 'eva@voorbeeld.example', product, language });
    await sendNotices(ctx, { transport, settings });
    await confirmFollower(ctx, (await FollowerModel.findOne().lean())!._id);
    await tellOfEvenings(ctx, product);
    await sendNotices(ctx, { transport, settings });
    expect(mails).to.have.length(2);
    return mails as [Mail, Mail];
  }

  beforeEach(async () => {
    await putEntry('product', product, { names: { nl: 'Paspoort', en: 'Passport' } });
    await putMunicipality({ ...defaultMunicipality, languages: ['tr', 'ar'] });
  });

  it('comes in a language that the municipality offers, marked as a draft, what was done marked as Dutch', async () => {
    const [question, news] = await mailsIn('ar');
    expect(question.subject).to.match(/^أكّد/);
    expect(question.text).to.match(/\/follow\/confirm\/\S+\?lang=ar/);
    expect(news.subject).to.include('قلتم ففعلنا');
    for (const { html } of [question, news]) {
      const page = parse(html);
      expect(page.querySelector('html')?.attributes).to.include({ lang: 'ar', dir: 'rtl' });
      expect(page.querySelector('p')?.text, 'first of all').to.equal(mailTexts('ar')('draftNotice'));
    }
    const dutch = parse(news.html).querySelectorAll('p[lang=nl]');
    expect(dutch.map(({ text }) => text)).to.deep.equal([
      'Het duurde lang.',
      'Wij zijn nu ook in de avond open.',
    ]);
    expect(news.text).to.include('/you-said-we-did/paspoort?lang=ar');
  });

  it('comes in Dutch in a language that is not offered (any more)', async () => {
    const [question, news] = await mailsIn('pl');
    expect(question.subject).to.match(/^Bevestig/);
    expect(news.subject).to.equal('U zei, wij deden: Paspoort - Gemeente Voorbeeld');
    expect(parse(news.html).querySelectorAll('p[lang]')).to.deep.equal([]);
  });

  it('comes in English without a mark', async () => {
    const [, news] = await mailsIn('en');
    expect(news.subject).to.equal('You said, we did: Passport - Gemeente Voorbeeld');
    expect(news.text).to.match(/^You said, we did/i);
  });
});
