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

/** A page takes seconds: in the short form each has one of the languages and is examined at one width. */
const everyWay = process.env.GOLDEN_EAR_FULL !== undefined;
const dataDir = mkdtempSync(join(tmpdir(), 'golden-ear-tour-'));

describe('every page, in both languages, at 320 and 1280 pixels', function () {
  this.timeout(120_000);
  const pages = usePages({ DATA_DIR: dataDir });
  const browser = useBrowser();
  after(() => rmSync(dataDir, { recursive: true, force: true }));

  const stops = (): Stop[] => tourOf({ url: pages.url, ctx: pages.ctx, dataDir });
  for (const [index, { name }] of tourOf({ url: '', ctx: pages.ctx, dataDir }).entries()) {
    it(`${name}: axe finds nothing, nothing sticks out`, async () => {
      if (name === 'overview') await fillTown({ ...pages.ctx });
      const stop = stops().find((one) => one.name === name);
      for (const locale of everyWay ? locales : [locales[index % locales.length]!]) {
        const page = await browser.visitor({ javaScript: true });
        await stop?.open(page, locale);
        expect(await page.locator('html').getAttribute('lang')).to.equal(locale);
        for (const [size, width] of widths.entries()) {
          await page.setViewportSize({ width, height: 900 });
          expect(await overflow(page), `${locale} at ${width}`).to.equal(0);
          if (everyWay || size === Math.floor(index / 2) % widths.length)
            expect(await axeFaults(page), `${locale} at ${width}`).to.deep.equal([]);
        }
      }
    });
  }
});
