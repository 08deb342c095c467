import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { putEntry } from '../../surveys/municipality/index.ts';
import { createSharedLink } from '../../surveys/shared-links/index.ts';
import { useBrowser } from '../support/browser.ts';
import { usePages } from '../support/pages.ts';
import { signInAs } from '../support/tour-parts.ts';

describe('a facilitator runs a client arena, in a browser without scripts', () => {
  const pages = usePages();
  const browser = useBrowser();
  let facilitator: Page;

  let phone: Page;

  /** Somebody scans the code that hangs on the wall, and answers on a phone that remembers nothing of others. */
  async function answer(code: string, values: Record<string, string>): Promise<void> {
    await phone.context().clearCookies();
    await phone.goto(`${pages.url}/r/${code}`);
    pages.ctx.clock.advance(20_000);
    for (const [name, value] of Object.entries(values)) {
      const field = phone.locator(`[name=${name}]`);
      if ((await field.first().getAttribute('type')) === 'radio') {
        await phone.locator(`input[name=${name}][value="${value}"]`).check();
      } else await field.fill(value);
    }
    await phone.getByRole('button', { name: 'Verstuur mijn antwoord' }).click();
    expect(await phone.locator('h1').textContent()).to.equal('Bedankt voor uw antwoord');
  }

  const codeOf = async (form: string) =>
    (await facilitator.locator('.ge-card', { hasText: form }).locator('.ge-code__text').textContent()) ?? '';

  it('with twelve participants and ten listeners, from the first question to what was agreed', async () => {
    await putEntry('department', 'burgerzaken', { names: { nl: 'Burgerzaken' } });
    facilitator = await browser.visitor();
    phone = await browser.visitor({ width: 320 });
    await signInAs({ ctx: pages.ctx, url: pages.url }, facilitator, 'programme-manager');
    await facilitator.goto(`${pages.url}/overview`);
    await facilitator.getByRole('link', { name: 'Klantarena' }).click();
    await facilitator.getByLabel('Thema').fill('Een paspoort aanvragen');
    await facilitator.getByLabel('Datum').fill('2026-03-10');
    await facilitator.getByLabel('Plaats').fill('Stadhuis');
    await facilitator.getByLabel('Gespreksleider', { exact: true }).fill('Noor');
    await facilitator.getByLabel('E-mailadres van de gespreksleider').fill('noor@bureau.example');
    await facilitator.getByRole('button', { name: 'Plan de sessie' }).click();
    expect(await facilitator.locator('h1').textContent()).to.equal('Een paspoort aanvragen');

    const [before, guess, after, ownActions] = await Promise.all(
      ['Deelnemers, vooraf', 'Luisteraars, vooraf', 'Deelnemers, achteraf', 'Luisteraars, achteraf'].map(
        codeOf,
      ),
    );
    for (const grade of [5, 6, 4, 5, 6, 7, 5, 4, 6, 5, 3, 6]) {
      await answer(before!, { baseline: String(grade), expectation: 'Ik moest lang wachten' });
    }
    for (const grade of [8, 8, 7, 9, 8, 7, 8, 9, 8, 8]) await answer(guess!, { guess: String(grade) });

    await facilitator.reload();
    expect(await facilitator.locator('.ge-card', { hasText: 'Deelnemers, vooraf' }).textContent()).to.include(
      '12 antwoorden, open',
    );
    const column = facilitator.getByRole('region', { name: 'Knelpunt' });
    await column.getByLabel('Nieuwe kaart').fill('Drie keer bellen voor één antwoord');
    await column.getByRole('button', { name: /Zet op het bord/ }).click();
    await facilitator.getByLabel('Waar gaat het over?').selectOption('Drie keer bellen voor één antwoord');
    await facilitator.getByLabel('Wat gaan wij doen?').fill('Wie opneemt, belt zelf terug');
    await facilitator.getByLabel('Wie?').fill('Anna');
    await facilitator.getByLabel('Wanneer klaar?').fill('2026-04-15');
    await facilitator.getByRole('button', { name: 'Leg de afspraak vast' }).click();

    await answer(after!, { heard: '4', again: 'yes' });
    await answer(ownActions!, { restraint: '4', ownAction: 'Zelf terugbellen' });
    await facilitator.getByRole('button', { name: 'Sluit de sessie en toon de uitslag' }).click();
    const page = await facilitator.locator('main').textContent();
    expect(page).to.include('Medewerkers schatten gemiddeld een 8,0. Inwoners gaven gemiddeld een 5,2.');
    expect(page).to.include('Wij schatten ons hoger in dan inwoners ons ervaren.');

    await facilitator.getByRole('link', { name: 'Bekijk en druk het verslag af' }).click();
    const report = await facilitator.locator('main').textContent();
    expect(report)
      .to.include('Drie keer bellen voor één antwoord')
      .and.include('Wie opneemt, belt zelf terug');
    expect(report).not.to.include('Ik moest lang wachten');
    await facilitator.goto(`${pages.url}/actions?lang=nl`);
    expect(await facilitator.locator('main').textContent()).to.include('Wie opneemt, belt zelf terug');
  });
});

describe('a kiosk at the counter, in a browser with scripts', () => {
  const pages = usePages();
  const browser = useBrowser();

  it('asks whether somebody is still there, and starts again when nobody is', async () => {
    const { code } = await createSharedLink(pages.ctx, {
      ...{ purpose: 'kiosk', mode: 'kiosk', survey: 'customer-journey' },
      ...{ department: 'burgerzaken', channel: 'counter' },
      opensAt: pages.ctx.clock.now(),
      closesAt: new Date('2026-06-01T00:00:00Z'),
    });
    const kiosk = await browser.visitor({ javaScript: true });
    const now = new Date('2026-03-10T09:00:00Z');
    await kiosk.clock.install({ time: now });
    await kiosk.goto(`${pages.url}/r/${code}`);
    await kiosk.clock.pauseAt(new Date(now.getTime() + 30_000));
    await kiosk.locator('input[name=overall][value="3"]').check();
    await kiosk.clock.fastForward(50_000);
    await kiosk.locator('textarea').fill('Ik ben nog bezig');
    await kiosk.clock.fastForward(40_000);
    expect(await kiosk.getByRole('alert').isVisible()).to.equal(false);
    await kiosk.clock.fastForward(35_000);
    expect(await kiosk.getByRole('alert').textContent()).to.include('Bent u er nog?');
    await kiosk.getByRole('button', { name: 'Ja, ik ga verder' }).click();
    expect(await kiosk.getByRole('alert').isVisible()).to.equal(false);
    await Promise.all([kiosk.waitForNavigation(), kiosk.clock.fastForward(91_000)]);
    expect(await kiosk.locator('input[name=overall][value="3"]').isChecked()).to.equal(false);
    expect(await kiosk.locator('textarea').inputValue()).to.equal('');
  });
});
