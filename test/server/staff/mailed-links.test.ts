import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { outboxDirectory, readOutbox, readOutboxMail } from '../../../jobs/transport/index.ts';
import { invitePerson, removePerson } from '../../../server/staff/people.ts';
import { usePages } from '../../support/pages.ts';
import { cookieIn, csrfIn, followLink } from '../../support/staff.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'golden-ear-links-'));

describe('A sign-in link by mail', () => {
  const pages = usePages({ DATA_DIR: dataDir });
  const outbox = outboxDirectory(dataDir);
  afterEach(() => rmSync(outbox, { recursive: true, force: true }));
  after(() => rmSync(dataDir, { recursive: true, force: true }));

  const invite = (email = 'eva@gemeente.example') =>
    invitePerson(pages.ctx, { email, roles: ['analyst'], departments: [] });

  /** Fills in the form of the sign-in page. */
  async function ask(email: string, fields: Record<string, string> = {}) {
    const opened = await pages.request('/sign-in?lang=nl');
    const form = { email, _csrf: csrfIn(opened.text), ...fields };
    return pages.post('/sign-in?lang=nl', form, { cookie: cookieIn(opened.headers) });
  }

  /** The mails in the outbox, once there are so many; the answer to the form does not wait for them. */
  async function mails(count: number): Promise<{ to: string; text: string; link: string }[]> {
    const until = Date.now() + 60_000;
    for (;;) {
      const found = await readOutbox(outbox).catch(() => []);
      if (found.length >= count || Date.now() > until) {
        const whole = await Promise.all(found.map(({ id }) => readOutboxMail(outbox, id)));
        return whole.map((mail) => ({
          to: mail!.to,
          text: mail!.text,
          link: /http:\/\/\S+\/sign-in\/\S+/.exec(mail!.text)?.[0] ?? '',
        }));
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  const quiet = () => new Promise((resolve) => setTimeout(resolve, 300));

  it('goes to who was invited, and signs them in', async () => {
    await invite();
    expect((await ask('Eva@Gemeente.Example')).text).to.include('Kijk in uw mail');
    const [mail] = await mails(1);
    expect(mail?.to).to.equal('eva@gemeente.example');
    const staff = await followLink(pages, mail!.link);
    expect((await staff.get('/overview')).status).to.equal(200);
  });

  it('goes to nobody else, and the answer is the same', async () => {
    await invite();
    const known = await ask('eva@gemeente.example');
    await mails(1);
    for (const stranger of [
      'stranger@gemeente.example',
      'eva+tag@gemeente.example',
      'eva@gemeente.example,mallory@evil.example',
      'eva@gemeente.example\r\nBcc: mallory@evil.example',
      '{"$ne":null}',
      '',
      `${'x'.repeat(100_000)}@gemeente.example`,
    ]) {
      const answer = await ask(stranger);
      expect([answer.status, answer.text], stranger.slice(0, 60)).to.deep.equal([known.status, known.text]);
    }
    await quiet();
    expect(await mails(1)).to.have.length(1);
  });

  it('works for ten minutes, and once', async () => {
    await invite();
    await ask('eva@gemeente.example');
    const [mail] = await mails(1);
    pages.ctx.clock.advance(10 * 60_000 - 1_000);
    expect((await pages.request(new URL(mail!.link).pathname)).status).to.equal(200);
    pages.ctx.clock.advance(1_000);
    expect((await pages.request(new URL(mail!.link).pathname)).status).to.equal(410);
    await ask('eva@gemeente.example');
    const fresh = (await mails(2)).find(({ link }) => link !== mail!.link)!;
    await followLink(pages, fresh.link);
    expect((await pages.request(new URL(fresh.link).pathname)).status).to.equal(410);
  });

  it('says how long it works, on the page and in the mail, in Dutch and English', async () => {
    await invite();
    for (const [lang, words] of [
      ['nl', 'werkt 10 minuten'],
      ['en', 'works for 10 minutes'],
    ] as const) {
      rmSync(outbox, { recursive: true, force: true });
      const opened = await pages.request(`/sign-in?lang=${lang}`);
      const form = { email: 'eva@gemeente.example', _csrf: csrfIn(opened.text) };
      const said = await pages.post(`/sign-in?lang=${lang}`, form, { cookie: cookieIn(opened.headers) });
      expect(said.text).to.include(words);
      expect((await mails(1))[0]?.text).to.include(words);
    }
  });

  it('is mailed no more than three times in that time', async () => {
    await invite();
    for (let time = 0; time < 5; time += 1) {
      expect((await ask('eva@gemeente.example')).text).to.include('Kijk in uw mail');
      await mails(Math.min(time + 1, 3));
    }
    await quiet();
    expect(await mails(3)).to.have.length(3);
  });

  it('is kept as a keyed hash', async () => {
    await invite();
    await ask('eva@gemeente.example');
    const [mail] = await mails(1);
    const secret = new URL(mail!.link).pathname.split('/').at(-1)!;
    const kept = JSON.stringify(await mongoose.connection.db?.collection('signInLinks').find().toArray());
    expect(secret).to.have.length(43);
    expect(kept).not.to.include(secret);
  });

  it('leads to the page that was asked for, and never to another site', async () => {
    await invite();
    for (const [to, expected] of [
      ['/sessions', '/sessions?lang=nl'],
      ['//evil.example/', '/overview?lang=nl'],
      ['/\\evil.example', '/overview?lang=nl'],
      ['https://evil.example', '/overview?lang=nl'],
      ['/sign-out', '/overview?lang=nl'],
      ['/overview\r\nSet-Cookie: a=b', '/overview?lang=nl'],
    ]) {
      rmSync(outbox, { recursive: true, force: true });
      pages.ctx.clock.advance(16 * 60_000);
      await ask('eva@gemeente.example', { to: to! });
      const { link } = (await mails(1))[0]!;
      const path = link.slice(pages.url.length);
      const opened = await pages.request(path);
      const field = /name="to" value="([^"]*)"/.exec(opened.text)?.[1] ?? '';
      const form = { _csrf: csrfIn(opened.text), to: field };
      const { headers } = await pages.post(path, form, { cookie: cookieIn(opened.headers) });
      expect(headers.get('location'), to).to.equal(expected);
    }
    const { link } = (await mails(1))[0]!;
    expect(link).not.to.include('evil');
  });

  it('is worth nothing once access was taken away', async () => {
    const person = await invite();
    await ask('eva@gemeente.example');
    const [mail] = await mails(1);
    await removePerson(person._id);
    const path = new URL(mail!.link).pathname;
    const opened = await pages.request(path);
    const form = { _csrf: csrfIn(opened.text) };
    const answer = await pages.post(path, form, { cookie: cookieIn(opened.headers) });
    expect(answer.status).to.equal(410);
    expect(
      (await pages.request('/overview', { headers: { cookie: cookieIn(opened.headers) } })).status,
    ).to.equal(303);
  });

  it('is asked for with a form token', async () => {
    await invite();
    expect((await ask('eva@gemeente.example', { _csrf: 'forged' })).status).to.equal(403);
    expect((await pages.post('/sign-in', { email: 'eva@gemeente.example' })).status).to.equal(403);
    await quiet();
    expect(await mails(0)).to.deep.equal([]);
  });
});
