import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../server/config.ts';
import { startService } from '../server/start.ts';
import { fixedClock } from '../surveys/clock.ts';
import { launchBrowser, widths } from './support/browser.ts';
import { tourOf } from './support/tour.ts';
import { fillTown } from './support/town.ts';

/**
 * Pictures of the pages of the running product, in `screenshots/`: at 320 and 1280 pixels in Dutch, and as they
 * print. English is there once per page, at 1280 pixels. Names after `--` choose pages: `npm run screenshots -- arena card`.
 */
const folder = 'screenshots';
const chosen = process.argv.slice(2);
const dataDir = await mkdtemp(join(tmpdir(), 'golden-ear-screenshots-'));
const clock = fixedClock('2026-03-10T09:00:00Z');
const service = await startService(loadConfig({ DATA_DIR: dataDir, PORT: '0' }), { jobs: false, clock });
const browser = await launchBrowser();
try {
  await mkdir(folder, { recursive: true });
  const ctx = { ...service.ctx, clock };
  await fillTown(ctx);
  for (const { name, open } of tourOf({ url: service.url, ctx, dataDir })) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    for (const locale of ['nl', 'en'] as const) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
      const page = await context.newPage();
      await open(page, locale);
      for (const width of locale === 'nl' ? widths : [1280]) {
        await page.setViewportSize({ width, height: 900 });
        await page.screenshot({ path: join(folder, `${name}-${locale}-${width}.png`), fullPage: true });
      }
      if (locale === 'nl') {
        await page.setViewportSize({ width: 794, height: 1123 }); // A4 at 96 pixels an inch
        await page.emulateMedia({ media: 'print' });
        await page.screenshot({ path: join(folder, `${name}-print.png`), fullPage: true });
      }
      await context.close();
    }
    console.log(name);
  }
} finally {
  await browser.close();
  await service.close();
  await rm(dataDir, { recursive: true, force: true });
}
console.log(`The pictures are in ${folder}/.`);
