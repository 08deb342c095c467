import { expect } from 'chai';
import { usePages } from '../../support/pages.ts';

const id = '26785a09-ab16-4eb0-8407-a37497a57506';
const mail = {
  ...{ NOTIFY_URL: 'http://127.0.0.1:9', NOTIFY_API_KEY: `luister-${id}-${id}` },
  NOTIFY_EMAIL_TEMPLATE: id,
};

describe('the page that says what is genuine', () => {
  describe('where letters are sent', () => {
    const pages = usePages({ ...mail, NOTIFY_LETTER_TEMPLATE: id });
    it('tells of letters too, and how to stop them', async () => {
      const { text } = await pages.request('/genuine?lang=en');
      expect(text).to.include('Did you get a letter?').and.include(`begins with ${pages.url}/s/`);
      expect((await pages.request('/genuine?lang=nl')).text).to.include('Kreeg u een brief?');
    });
  });

  describe('where only mail is sent', () => {
    const pages = usePages(mail);
    it('tells nothing of letters', async () => {
      const { status, text } = await pages.request('/genuine?lang=en');
      expect([status, text.includes('letter?')]).to.deep.equal([200, false]);
    });
  });
});
