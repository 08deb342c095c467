import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { outboxDirectory, readOutbox, readOutboxMail } from '../../jobs/transport/index.ts';
import { createRelease, rollUp } from '../../surveys/aggregates/index.ts';
import type { Context } from '../../surveys/context.ts';
import { putEntry } from '../../surveys/municipality/index.ts';
import { recordResponses } from '../../surveys/responses/index.ts';
import { useBrowser } from '../support/browser.ts';
import { usePages } from '../support/pages.ts';
import { type ProviderUnderTest, startProvider } from '../support/provider.ts';
import { signedInOperator } from '../support/staff.ts';

/** Answers about two departments, released. */
async function fill(ctx: Context): Promise<void> {
  for (const [key, nl] of [
    ['burgerzaken', 'Burgerzaken'],
    ['werk-en-inkomen', 'Werk en inkomen'],
  ] as const) {
    await putEntry('department', key, { names: { nl } });
    const items = Array.from({ length: 40 }, (_, index) => ({
      ...{ survey: 'customer-journey', department: key, channel: 'phone', mode: 'kiosk' },
      ...{ answerDate: '2025-06-15', externalId: `${key}-${index}`, answers: { overall: 5 + (index % 5) } },
    }));
    await recordResponses(ctx, items);
  }
  await rollUp(ctx);
  await createRelease(ctx, 'customer-journey');
}

const heading = (page: Page) => page.locator('h1').innerText();
const rowsOf = (page: Page) => page.locator('main table').first().locator('tbody th').allInnerTexts();

describe('Staff in a browser, at the identity provider', () => {
  const env = { OIDC_ISSUER: '', OIDC_CLIENT_ID: 'golden-ear', OIDC_CLIENT_SECRET: '' };
  let provider: ProviderUnderTest;
  before(async () => {
    provider = await startProvider(() => pages.url);
    Object.assign(env, { OIDC_ISSUER: provider.issuer, OIDC_CLIENT_SECRET: provider.clientSecret });
  });
  const pages = usePages(env);
  const browser = useBrowser();
  after(() => provider.close());

  /** From a page of ours to the provider and back. */
  async function signIn(page: Page, name: string): Promise<void> {
    await page.getByRole('link', { name: 'Inloggen met mijn werkaccount' }).click();
    await page.getByLabel('Name').fill(name);
    await page.getByRole('button', { name: 'Log in' }).click();
  }

  it('sign in to the page they asked for, sign out here and there, and are asked again', async () => {
    provider.accounts.set('ben', { name: 'Ben', roles: ['administrator'] });
    // With scripts, which the provider's own page for signing out may need; ours has none.
    const page = await browser.visitor({ javaScript: true });
    await page.goto(`${pages.url}/people`);
    expect(await heading(page)).to.equal('Inloggen voor medewerkers');
    await signIn(page, 'ben');
    expect(new URL(page.url()).pathname).to.equal('/people');
    expect(await heading(page)).to.equal('Mensen met toegang');

    await page.getByRole('button', { name: 'Uitloggen' }).click();
    await page.waitForURL(`${provider.issuer}/session/end**`);
    await page.getByRole('button', { name: /yes/i }).click();
    await page.waitForURL(`${pages.url}/sign-in**`);
    await page.goto(`${pages.url}/people`);
    expect(await heading(page)).to.equal('Inloggen voor medewerkers');
    await page.getByRole('link', { name: 'Inloggen met mijn werkaccount' }).click();
    expect(new URL(page.url()).origin).to.equal(provider.issuer);
    expect(await page.getByLabel('Name').count()).to.equal(1);
  });

  it('see their own departments, and no others by changing the address', async () => {
    await fill(pages.ctx);
    provider.accounts.set('anna', { name: 'Anna', roles: ['coordinator'], departments: ['burgerzaken'] });
    const page = await browser.visitor();
    await page.goto(`${pages.url}/overview`);
    await signIn(page, 'anna');
    expect(await rowsOf(page)).to.deep.equal(['Burgerzaken']);
    expect(await page.locator('main').innerText()).not.to.include('Werk en inkomen');
    expect(await page.getByRole('navigation', { name: 'Menu voor medewerkers' }).innerText()).not.to.include(
      'Mensen',
    );
    for (const path of [
      '/people',
      '/keys',
      '/v1/aggregates?survey=customer-journey&department=werk-en-inkomen',
    ]) {
      const answer = await page.goto(pages.url + path);
      expect(answer?.status(), path).to.equal(403);
    }
  });

  it('may do something else from the next sign-in after the provider changed their role', async () => {
    await fill(pages.ctx);
    provider.accounts.set('anna', { name: 'Anna', roles: ['coordinator'], departments: ['burgerzaken'] });
    const [laptop, desk] = [await browser.visitor(), await browser.visitor()];
    for (const page of [laptop, desk]) {
      await page.goto(`${pages.url}/overview`);
      await signIn(page, 'anna');
    }
    provider.accounts.set('anna', { name: 'Anna', roles: ['analyst'] });
    await desk.getByRole('link', { name: 'Mijn sessies' }).click();
    await desk.getByRole('button', { name: 'Log opnieuw in' }).click();
    expect(await heading(desk)).to.equal('Inloggen voor medewerkers');
    await signIn(desk, 'anna');
    expect(await heading(desk)).to.equal('Mijn sessies');
    expect(await desk.locator('main tr').getByRole('button').count()).to.equal(2);
    for (const page of [desk, laptop]) {
      await page.goto(`${pages.url}/overview`);
      expect(await rowsOf(page)).to.include('Werk en inkomen');
    }
  });
});

describe('Staff in a browser, by a mailed link', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'golden-ear-sign-in-'));
  const pages = usePages({ DATA_DIR: dataDir });
  const browser = useBrowser();
  after(() => rmSync(dataDir, { recursive: true, force: true }));

  /** The newest mail whose text has an address like this. */
  async function linkMailed(pattern: RegExp): Promise<string> {
    for (let tries = 0; tries < 100; tries += 1) {
      for (const { id } of await readOutbox(outboxDirectory(dataDir)).catch(() => [])) {
        const [link] = pattern.exec((await readOutboxMail(outboxDirectory(dataDir), id))?.text ?? '') ?? [];
        if (link) return link;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('No such mail came');
  }

  it('are invited, ask for a link, use it, lose their role at once, and are let out', async () => {
    await fill(pages.ctx);
    const admin = await browser.visitor();
    const { cookie } = await signedInOperator(pages);
    const [name = '', value = ''] = cookie.split('=');
    await admin.context().addCookies([{ name, value, url: pages.url, sameSite: 'Lax' }]);
    await admin.goto(`${pages.url}/people`);
    await admin.getByLabel('E-mailadres').fill('eva@gemeente.example');
    await admin.getByLabel(/^Analist/).check();
    await admin.getByRole('button', { name: 'Nodig uit' }).click();
    await admin.getByRole('link', { name: 'eva@gemeente.example' }).click();

    const eva = await browser.visitor();
    await eva.goto(await linkMailed(/http:\/\/\S+\/sign-in\?lang=nl/));
    await eva.getByLabel('E-mailadres').fill('eva@gemeente.example');
    await eva.getByRole('button', { name: 'Stuur mij een link' }).click();
    expect(await heading(eva)).to.equal('Kijk in uw mail');
    await eva.goto(await linkMailed(/http:\/\/\S+\/sign-in\/\S{43}\S*/));
    await eva.getByRole('button', { name: 'Inloggen' }).click();
    expect(await rowsOf(eva)).to.include.members(['Burgerzaken', 'Werk en inkomen']);

    await admin.getByLabel(/^Analist/).uncheck();
    await admin.getByLabel(/^Afdelingscoördinator/).check();
    await admin.getByLabel('Burgerzaken').check();
    await admin.getByRole('button', { name: 'Bewaar rollen' }).click();
    await eva.reload();
    expect(await rowsOf(eva)).to.deep.equal(['Burgerzaken']);

    await admin.getByRole('button', { name: 'Trek de toegang in' }).click();
    await eva.reload();
    expect(await heading(eva)).to.equal('Inloggen voor medewerkers');
  });
});
