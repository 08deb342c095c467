import { expect } from 'chai';
import { OptOutModel } from '../../../surveys/recipients/model.ts';
import { invite, usePages } from '../../support/pages.ts';

describe('opting out', () => {
  const pages = usePages();

  it('asks first, so that a mail scanner that opens the link opts nobody out', async () => {
    const { optOut } = await invite(pages.ctx);
    const { status, text } = await pages.request(optOut);
    expect(status).to.equal(200);
    expect(text).to.include('Stuur mij geen vragen meer');
    expect(await OptOutModel.countDocuments()).to.equal(0);
  });

  it('happens at a POST, with the form of RFC 8058 and with an empty body, as often as it comes', async () => {
    for (const body of [new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }), undefined]) {
      const { optOut } = await invite(pages.ctx);
      for (const _again of [1, 2]) {
        const { status, text } = await pages.request(optOut, { method: 'POST', ...(body && { body }) });
        expect(status).to.equal(200);
        expect(text).to.include('U bent afgemeld');
      }
    }
    expect(await OptOutModel.countDocuments()).to.equal(2);
  });

  it('works years later, and holds for the address', async () => {
    const email = 'eva@voorbeeld.example';
    const { optOut } = await invite(pages.ctx, { email });
    pages.ctx.clock.advance(3 * 365 * 24 * 60 * 60 * 1_000);
    await pages.post(optOut, {});
    const again = await invite(pages.ctx, { email }).catch((error: Error) => error.message);
    expect(again).to.equal('Not invited: optedOut');
  });

  it('knows only its own links', async () => {
    const { optOut, token } = await invite(pages.ctx);
    for (const wrong of ['x', token, `${optOut.slice(3, -1)}A`, 'A'.repeat(80)]) {
      if (`/o/${wrong}` === optOut) continue;
      expect((await pages.request(`/o/${wrong}`)).status, wrong).to.equal(404);
      expect((await pages.post(`/o/${wrong}`, {})).status, wrong).to.equal(404);
    }
    expect(await OptOutModel.countDocuments()).to.equal(0);
  });
});
