import { expect } from 'chai';
import { seededRandom } from '../../server/demo/random.ts';
import { carryOnRounds } from '../../surveys/golden-ear/index.ts';
import { putEntry } from '../../surveys/municipality/index.ts';
import { findSharedLink } from '../../surveys/shared-links/index.ts';
import { useBrowser } from '../support/browser.ts';
import { usePages } from '../support/pages.ts';
import { signInAs } from '../support/tour-parts.ts';
import { answerLink, randomScan } from '../surveys/golden-ear/rounds/answers.ts';
import { independentScore } from '../surveys/golden-ear/rounds/independent-score.ts';

describe('A coordinator runs a round, in a browser without scripts', () => {
  const pages = usePages();
  const browser = useBrowser();
  const hour = 3_600_000;

  /** Opens a round, has so many colleagues fill in the form, closes it and reads the page an hour later. */
  async function readResult(count: number): Promise<{ main: string; total: number | undefined }> {
    await putEntry('department', 'burgerzaken', { names: { nl: 'Burgerzaken' } });
    const coordinator = await browser.visitor({ javaScript: false });
    await signInAs(pages, coordinator, 'coordinator');
    await coordinator.goto(`${pages.url}/rounds`);
    await coordinator.getByRole('button', { name: 'Open de ronde' }).click();
    const link = (await coordinator.locator('main a[href*="/r/"]').getAttribute('href'))!;
    expect(await coordinator.locator('main svg[role=img]').count()).to.equal(1);
    const path = new URL(coordinator.url()).pathname;

    const random = seededRandom(count);
    const scans = Array.from({ length: count }, () => randomScan(random, 0));
    // Two in the browser: the others send the same form without one.
    const shared = (await findSharedLink(pages.ctx, link.split('/').at(-1)!))!;
    await answerLink(pages.ctx, shared, scans.slice(2));
    for (const scan of scans.slice(0, 2)) {
      const colleague = await browser.visitor({ javaScript: false });
      await colleague.goto(link);
      pages.ctx.clock.advance(60_000);
      for (const [key, level] of Object.entries(scan)) {
        if (key === 'estimate') await colleague.locator('input[name=estimate]').fill(String(level));
        else await colleague.locator(`input[name=${key}][value="${level}"]`).check();
      }
      await colleague.locator('main form button[type=submit]').last().click();
      expect(await colleague.locator('h1').textContent()).to.equal('Bedankt voor uw antwoord');
      await colleague.context().close();
    }
    await coordinator.goto(pages.url + path);
    expect(await coordinator.locator('main').textContent()).to.include(`Antwoorden${count}`);
    await coordinator.getByRole('button', { name: 'Sluit de ronde nu' }).click();
    expect(await coordinator.locator('main').textContent()).to.include('Er is nog geen uitslag');
    pages.ctx.clock.advance(hour);
    await carryOnRounds(pages.ctx);
    await signInAs(pages, coordinator, 'coordinator');
    await coordinator.goto(pages.url + path);
    const main = (await coordinator.locator('main').textContent()) ?? '';
    return { main, total: independentScore(scans).total };
  }

  it('with 12 respondents, and reads the result', async () => {
    const { main, total } = await readResult(12);
    const rounded = (Math.round(total! * 10) / 10).toFixed(1).replace('.', ',');
    expect(main).to.include(`${rounded} van de 100 punten`).and.include('(aanwijzing)');
  });

  it('with 4 respondents, and sees no score', async () => {
    const { main } = await readResult(4);
    expect(main)
      .to.include('Te weinig antwoorden voor een uitslag')
      .and.not.match(/van de 100|\d,\d/);
  });
});
