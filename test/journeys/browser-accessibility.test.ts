import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { locales } from '../../server/pages/i18n.ts';
import { axeFaults, overflow, useBrowser, widths } from '../support/browser.ts';
import { usePages } from '../support/pages.ts';
import { tourOf } from '../support/tour.ts';
import type { Stop } from '../support/tour-parts.ts';
import { fillTown } from '../support/town.ts';

/** axe takes half a second: in the short form each width has one of the languages. */
const everyWidth = process.env.GOLDEN_EAR_FULL !== undefined;
const dataDir = mkdtempSync(join(tmpdir(), 'golden-ear-tour-'));

describe('every page, in both languages, at 320 and 1280 pixels', function () {
  this.timeout(120_000);
  const pages = usePages({ DATA_DIR: dataDir });
  const browser = useBrowser();
  after(() => rmSync(dataDir, { recursive: true, force: true }));

  const stops = (): Stop[] => tourOf({ url: pages.url, ctx: pages.ctx, dataDir });
  for (const { name } of tourOf({ url: '', ctx: pages.ctx, dataDir })) {
    it(`${name}: axe finds nothing, nothing sticks out`, async () => {
      if (name === 'overview') await fillTown({ ...pages.ctx });
      const stop = stops().find((one) => one.name === name);
      for (const [index, locale] of locales.entries()) {
        const page = await browser.visitor({ javaScript: true });
        await stop?.open(page, locale);
        expect(await page.locator('html').getAttribute('lang')).to.equal(locale);
        for (const width of widths) {
          await page.setViewportSize({ width, height: 900 });
          if (everyWidth || width === widths[index % widths.length])
            expect(await axeFaults(page), `${locale} at ${width}`).to.deep.equal([]);
          expect(await overflow(page), `${locale} at ${width}`).to.equal(0);
        }
      }
    });
  }
});
