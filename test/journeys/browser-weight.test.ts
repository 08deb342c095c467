import { expect } from 'chai';
import { defaultMunicipality, putMunicipality } from '../../surveys/municipality/index.ts';
import { useBrowser } from '../support/browser.ts';
import { invite, usePages } from '../support/pages.ts';

const mostRequests = 3;
const mostBytes = 40_000;

describe('the weight of a page in a browser', () => {
  const pages = usePages();
  const browser = useBrowser();

  /** Requests and bytes over the line, headers included, of a first visit. */
  async function visit(path: string) {
    const page = await browser.visitor();
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    let [requests, bytes] = [0, 0];
    session.on('Network.requestWillBeSent', ({ request }) => {
      if (!request.url.startsWith('data:')) requests += 1;
    });
    session.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await page.goto(pages.url + path, { waitUntil: 'networkidle' });
    return { requests, bytes };
  }

  for (const survey of ['customer-journey', 'golden-ear-quickscan']) {
    it(`${survey}: at most ${mostRequests} requests and ${mostBytes / 1_000} kB, with the town's logo and theme`, async () => {
      const image = `data:image/svg+xml;base64,${Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 1"/>').toString('base64')}`;
      const theme = { '--golden-ear-color-primary': '#00611f' };
      await putMunicipality({ ...defaultMunicipality, theme, logo: { image, text: 'Gemeente Voorbeeld' } });
      const { survey: path } = await invite(pages.ctx, { survey });
      const { requests, bytes } = await visit(path);
      expect(requests).to.be.within(2, mostRequests);
      expect(bytes).to.be.within(5_000, mostBytes);
    });
  }
});
