import { expect } from 'chai';
import type { Page } from 'playwright-core';

/** A form as a page shows it. */
interface ShownForm {
  path: string;
  fields: [string, string][];
}

/** Where the link itself is the secret that another site can't know, and mail programs post it by themselves. */
const byLink = /^\/(o|follow\/confirm|follow\/stop)\/[\w-]+$/;

/** What a browser says of a form that another site sends. */
const fromElsewhere = { 'sec-fetch-site': 'cross-site' };

/**
 * Posts each form of the page as another site would, and, where it is a form of staff, without the token of the
 * session and with another's.
 *
 * @returns the paths that refused; ids and tokens in them are `:id`
 */
export async function refusedForms(page: Page, anothersToken: string): Promise<string[]> {
  const { origin } = new URL(page.url());
  const forms = (await formsOn(page)).filter(({ path }) => !byLink.test(path));
  const cookies = await page.context().cookies();
  const cookie = cookies.map((one) => `${one.name}=${one.value}`).join('; ');
  const seen = new Set<string>();
  for (const { path, fields } of forms) {
    const refused = async (body: [string, string][], headers: Record<string, string>, how: string) => {
      const answer = await fetch(origin + path, {
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
  return [...seen];
}

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
