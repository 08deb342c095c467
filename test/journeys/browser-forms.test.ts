import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { useBrowser } from '../support/browser.ts';
import { usePages } from '../support/pages.ts';
import { signedInAs } from '../support/staff.ts';
import { tourOf } from '../support/tour.ts';
import type { Stop } from '../support/tour-parts.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'golden-ear-forms-'));

/** A form as a page shows it. */
interface ShownForm {
  path: string;
  fields: [string, string][];
}

/** Where the link itself is the secret that another site can't know, and mail programs post it by themselves. */
const byLink = /^\/(o|follow\/confirm|follow\/stop)\/[\w-]+$/;

/** What a browser says of a form that another site sends. */
const fromElsewhere = { 'sec-fetch-site': 'cross-site' };

describe('Every form of the tour', function () {
  this.timeout(120_000);
  const pages = usePages({ DATA_DIR: dataDir });
  const browser = useBrowser();
  after(() => rmSync(dataDir, { recursive: true, force: true }));
  const stops = (): Stop[] => tourOf({ url: pages.url, ctx: pages.ctx, dataDir });
  const seen = new Set<string>();
  let anothersToken: string | undefined;

  async function tokenOfAnother(): Promise<string> {
    const stranger = await signedInAs(pages, 'analyst');
    const [, token] =
      /name="_csrf" value="([0-9a-f]{64})"/.exec((await stranger.get('/sessions')).text) ?? [];
    expect(token).to.be.a('string');
    return token!;
  }

  for (const { name } of tourOf({ url: '', ctx: pages.ctx, dataDir })) {
    it(`on the page ${name} is refused from another site, and for staff without the token of the session`, async () => {
      const page = await browser.visitor();
      await stops()
        .find((one) => one.name === name)
        ?.open(page, 'nl');
      const forms = (await formsOn(page)).filter(({ path }) => !byLink.test(path));
      if (forms.length === 0) return;
      const cookies = await page.context().cookies();
      const cookie = cookies.map((one) => `${one.name}=${one.value}`).join('; ');
      anothersToken ??= await tokenOfAnother();
      for (const { path, fields } of forms) {
        const refused = async (body: string[][], headers: Record<string, string>, how: string) => {
          const answer = await fetch(pages.url + path, {
            method: 'POST',
            body: new URLSearchParams(body),
            headers: { cookie, accept: 'application/json', ...headers },
            redirect: 'manual',
          });
          // A stop that moves the clock ends the session, and who has none is sent to the sign-in.
          if (answer.headers.get('location')?.startsWith('/sign-in')) return;
          seen.add(path.replace(/[0-9a-f]{32}|[\w-]{43}/, ':id'));
          const { code } = (await answer.json()) as { code: string };
          expect([answer.status, code], `${path} ${how}`).to.deep.equal([403, 'staleForm']);
        };
        await refused(fields, fromElsewhere, 'from another site');
        const rest = fields.filter(([field]) => field !== '_csrf');
        // The forms of residents go without a session, so there is no token of one.
        if (rest.length === fields.length) continue;
        await refused(rest, {}, 'without a token');
        for (const token of ['', 'x'.repeat(64), anothersToken])
          await refused([...rest, ['_csrf', token]], {}, `with ${token}`);
      }
    });
  }

  it('were all met', () => {
    expect([...seen].sort()).to.include.members([
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
});

/** The forms that a page posts, with the fields that are filled in. */
function formsOn(page: Page): Promise<ShownForm[]> {
  return page.$$eval('form[method=post]', (forms) =>
    forms.map((form) => {
      const { pathname } = new URL((form as HTMLFormElement).action);
      const fields = [...new FormData(form as HTMLFormElement)];
      return {
        path: pathname,
        fields: fields.map(([name, value]): [string, string] => [name, String(value)]),
      };
    }),
  );
}
