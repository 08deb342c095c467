import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'node-html-parser';
import { openTransport } from '../../../jobs/transport/index.ts';
import { usePages } from '../../support/pages.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'golden-ear-outbox-'));

describe('the local outbox', () => {
  const pages = usePages({ DATA_DIR: dataDir });
  after(() => rmSync(dataDir, { recursive: true, force: true }));

  it('is empty before the first mail', async () => {
    expect((await pages.request('/outbox')).text).to.include('Er zijn nog geen mails.');
  });

  it('lists the mails and shows each with its links; the HTML part can run and load nothing', async () => {
    const transport = openTransport({ smtpUrl: undefined, dataDir });
    await transport.send({
      messageId: '0123456789abcdef@golden-ear.example',
      from: { name: 'Gemeente Voorbeeld', address: 'no-reply@gemeente.example' },
      to: 'eva@voorbeeld.example',
      subject: 'Hoe ging het <contact>?',
      text: 'Open https://golden-ear.example/s/abc en vertel het ons.',
      html: '<p>Open <a href="https://golden-ear.example/s/abc">de vragen</a></p>',
      headers: {},
    });
    await transport.close();

    const list = parse((await pages.request('/outbox?lang=en')).text);
    const link = list.querySelector('tbody a');
    expect(link?.text).to.equal('Hoe ging het <contact>?');
    const mail = await pages.request(link?.getAttribute('href') ?? '');
    expect(mail.text).to.include('href="https://golden-ear.example/s/abc"');
    const html = await pages.request(`${link?.getAttribute('href')?.split('?')[0]}/html`);
    expect(html.headers.get('content-security-policy')).to.include('sandbox').and.not.include('script');
    expect(html.text).to.include('<p>Open');
  });

  it('has no other files', async () => {
    for (const id of ['x', '..%2f..%2fsecret', 'a'.repeat(32)]) {
      expect((await pages.request(`/outbox/${id}`)).status).to.equal(404);
    }
  });
});

describe('the local outbox in production, and with a mail server', () => {
  const secret = { SECRET_KEY: 'a secret for tests only, long enough to be one' };
  const production = usePages({ NODE_ENV: 'production', BASE_URL: 'https://golden-ear.example', ...secret });
  it('is not there', async () => {
    expect((await production.request('/outbox')).status).to.equal(404);
    expect((await production.request('/')).text).not.to.include('/outbox');
  });
});
