import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { locales } from '../../server/pages/i18n.ts';
import { axeFaults, overflow, useBrowser, widths } from '../support/browser.ts';
import { refusedForms } from '../support/forms-on-page.ts';
import { keyboardFaults } from '../support/keyboard-walk.ts';
import { longForm } from '../support/long-form.ts';
import { usePages } from '../support/pages.ts';
import { csrfIn, signedInAs } from '../support/staff.ts';
import { tourOf } from '../support/tour.ts';
import { fillTown } from '../support/town.ts';

/** Stops that show nothing to look at without released figures. */
const needFigures = ['overview', 'report', 'reports-with-faults'];
/** Pages of staff that are gone through by Tab; in the long form all pages are. */
const byKeyboard = [
  ...['rounds', 'round-open', 'round-result', 'perception', 'arenas', 'arena', 'arena-closed', 'actions'],
  ...['action', 'action-with-faults', 'comments', 'callbacks', 'cards', 'records', 'key-made', 'dashboard'],
  'reports-with-faults',
];
/** A report is a file: nothing stands before its content. */
const nothingToSkip = 'no skip link first that leads to the content';
const dataDir = mkdtempSync(join(tmpdir(), 'golden-ear-tour-'));

describe('Every page of the tour', () => {
  const pages = usePages({ DATA_DIR: dataDir });
  const browser = useBrowser();
  const refused = new Set<string>();
  after(() => rmSync(dataDir, { recursive: true, force: true }));

  const stops = () => tourOf({ url: pages.url, ctx: pages.ctx, dataDir });
  for (const [index, { name }] of tourOf({ url: '', ctx: pages.ctx, dataDir }).entries()) {
    it(`${name}: axe finds nothing, nothing sticks out, its forms are refused from elsewhere`, async () => {
      if (needFigures.includes(name)) await fillTown({ ...pages.ctx });
      const stop = stops().find((one) => one.name === name);
      // A page takes seconds: in the short form each has one of the languages and is examined at one width.
      for (const locale of longForm ? locales : [locales[index % locales.length]!]) {
        const page = await browser.nextVisitor();
        await stop?.open(page, locale);
        expect(await page.locator('html').getAttribute('lang')).to.equal(locale);
        for (const [size, width] of widths.entries()) {
          await page.setViewportSize({ width, height: 900 });
          expect(await overflow(page), `${locale} at ${width}`).to.equal(0);
          if (longForm || size === Math.floor(index / 2) % widths.length)
            expect(await axeFaults(page), `${locale} at ${width}`).to.deep.equal([]);
        }
        if (name === 'report') expect(await keyboardFaults(page)).to.deep.equal([nothingToSkip]);
        else if (longForm || byKeyboard.includes(name)) expect(await keyboardFaults(page)).to.deep.equal([]);
        for (const path of await refusedForms(page, await tokenOfAnother())) refused.add(path);
      }
    });
  }

  it('shows the forms with which most can be done', () => {
    expect([...refused]).to.include.members([
      '/erasure',
      '/keys',
      '/people',
      '/people/:id',
      '/people/:id/remove',
      '/retention',
      '/sessions/end',
      '/sign-in',
      '/sign-in/:id',
      '/sign-out',
    ]);
  });

  let token = '';
  async function tokenOfAnother(): Promise<string> {
    token ||= csrfIn((await (await signedInAs(pages, 'analyst')).get('/sessions')).text);
    expect(token).to.match(/^[0-9a-f]{64}$/);
    return token;
  }
});
