import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { publishOpenData } from '../../server/open-data/publish.ts';
import { createRelease } from '../../surveys/aggregates/index.ts';
import { defaultMunicipality, putEntry, putMunicipality } from '../../surveys/municipality/index.ts';
import { putSurveySettings } from '../../surveys/settings/index.ts';
import { axeFaults, overflow, useBrowser, widths } from '../support/browser.ts';
import { focused } from '../support/keyboard.ts';
import { usePages } from '../support/pages.ts';
import { signInAs } from '../support/tour-parts.ts';
import { putAnswers, putInvitations, type TestCell } from '../surveys/aggregates/answers.ts';

const survey = 'customer-journey';
const departments = ['burgerzaken', 'belastingen', 'werk-en-inkomen', 'vergunningen'];
const channels = ['counter', 'phone', 'email', 'post'];

describe('the dashboard in a browser without scripts', () => {
  const pages = usePages();
  const browser = useBrowser();

  /** So many answers in each place; where it is easy, the grade is high. Clear or not, everywhere alike. */
  function answersIn(department: string, channel: string, at: number): TestCell {
    const high = 20 + at * 4;
    const wobble = 30 + ((at * 7) % 5);
    const five = (good: number) => ({ 1: 4, 2: 6, 3: 8, 4: good, 5: good / 2 });
    return {
      place: { department, channel, month: '2026-02' },
      histograms: {
        overall: { 4: 6, 6: 8, 7: 10, 8: high, 9: high / 2 },
        ease: five(high),
        clarity: five(wobble * 2),
      },
    };
  }

  async function town(): Promise<void> {
    await putSurveySettings(survey, { knownAnswers: 0, tables: [{ by: ['department', 'channel'] }] });
    for (const key of departments) await putEntry('department', key, { names: { nl: `Afdeling ${key}` } });
    const places = departments.flatMap((department) => channels.map((channel) => ({ department, channel })));
    await putAnswers(places.map(({ department, channel }, at) => answersIn(department, channel, at)));
    const counts = { invited: 300, accepted: 288, bounced: 9, answered: 61, skipped: 204 };
    for (const place of places) await putInvitations({ ...place, month: '2026-02' }, counts);
    await createRelease(pages.ctx, survey);
  }

  /** axe is a script, so another window with scripts opens the page that was reached without. */
  async function isAccessible(reached: Page): Promise<void> {
    const page = await browser.visitor({ javaScript: true });
    await page.context().addCookies(await reached.context().cookies());
    await page.goto(reached.url());
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      expect(await axeFaults(page), `${page.url()} at ${width}`).to.deep.equal([]);
      expect(await overflow(page), `${page.url()} at ${width}`).to.equal(0);
    }
    await page.close();
  }

  /** Tabs to the field, takes the next choice, tabs on to the button and presses Enter. */
  async function chooseNext(page: Page, field: string): Promise<void> {
    await page.locator('h1').first().click();
    for (let step = 0; step < 40 && (await focused(page)).name !== field; step++)
      await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    for (let step = 0; step < 5 && (await focused(page)).tag !== 'button'; step++)
      await page.keyboard.press('Tab');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  }

  const table = (page: Page, caption: string) =>
    page
      .locator('table', { has: page.locator('caption', { hasText: caption }) })
      .locator('tbody tr')
      .allInnerTexts();

  it('shows the analyst, the coordinator and the programme manager what they steer by', async () => {
    await town();

    const analyst = await browser.visitor();
    await signInAs(pages, analyst, 'analyst');
    await analyst.goto(`${pages.url}/dashboard?lang=nl`);
    await isAccessible(analyst);
    const main = await analyst.locator('main').innerText();
    expect(main).to.include('Deze vraag gaat duidelijk het meest samen met het cijfer: Hoe makkelijk');
    expect(main).to.include('16 groepen zijn naast elkaar gelegd');
    expect(
      (await table(analyst, 'Van vraag naar antwoord')).map((row) => row.split('\t').slice(0, 2)),
    ).to.deep.equal([
      ['Contacten', 'ongeveer 8.060'],
      ['Uitgenodigd', '4.800'],
      ['Mail aangekomen', 'ongeveer 4.460'],
      ['Antwoord gegeven', '976'],
    ]);
    await chooseNext(analyst, 'question');
    expect(new URL(analyst.url()).searchParams.get('question')).to.equal('ease');
    const file = await analyst.locator('a[href*="format=csv&"]').first().getAttribute('href');
    expect(await (await analyst.request.get(pages.url + file)).text()).to.match(
      /^question,department,channel/,
    );

    const coordinator = await browser.visitor();
    await signInAs(pages, coordinator, 'coordinator');
    await coordinator.goto(`${pages.url}/dashboard?lang=en`);
    await isAccessible(coordinator);
    const own = await coordinator.locator('main').innerText();
    expect(own).to.include('Afdeling burgerzaken').and.not.include('Afdeling belastingen');
    expect(own).to.include('This cannot be said yet');
    expect(
      (await table(coordinator, 'From question to answer')).map((row) => row.split('\t')[1]),
    ).to.deep.equal(['about 2,020', '1,200', 'about 1,120', '244']);
    await coordinator.goto(`${pages.url}/dashboard?lang=en&department=belastingen`);
    expect(await coordinator.locator('main').innerText()).to.include('There is no such choice');

    const manager = await browser.visitor();
    await signInAs(pages, manager, 'programme-manager');
    await manager.goto(`${pages.url}/dashboard?lang=nl`);
    await chooseNext(manager, 'department');
    expect(new URL(manager.url()).searchParams.get('department')).to.be.oneOf(departments);
    await isAccessible(manager);
    expect(await manager.locator('main').innerText()).to.include('Sinds de vorige periode');

    const publisher = 'https://identifier.overheid.nl/tooi/id/gemeente/gm0034';
    const licence = 'http://creativecommons.org/licenses/by/4.0/deed.nl' as const;
    await putMunicipality({ ...defaultMunicipality, openData: { publisher, licence } });
    await publishOpenData(pages.ctx, survey);
    const anyone = await browser.visitor();
    await anyone.goto(`${pages.url}/open-data?lang=nl`);
    expect(await anyone.locator('main').innerText()).to.include('Een publicatie verandert nooit');
  });
});
