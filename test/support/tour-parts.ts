import type { Page } from 'playwright-core';
import type { Role } from '../../server/auth/permissions.ts';
import type { Locale } from '../../server/pages/i18n.ts';
import { invitePerson } from '../../server/staff/people.ts';
import { createMailedLink } from '../../server/staff/sign-in-links.ts';
import type { fixedClock } from '../../surveys/clock.ts';
import type { Context } from '../../surveys/context.ts';
import { csrfIn } from './staff.ts';

/** Where the tour goes: a running product whose clock the tour may move. */
export interface Town {
  url: string;
  ctx: Context & { clock: ReturnType<typeof fixedClock> };
  dataDir: string;
}

/** One page of the product, and how to get there. */
export interface Stop {
  name: string;
  open(page: Page, locale: Locale): Promise<void>;
}

/** Signs a browser in as somebody with one role; a coordinator for these departments. */
export async function signInAs(
  { ctx, url }: Pick<Town, 'ctx' | 'url'>,
  page: Page,
  role: Role,
  departments: string[] = role === 'coordinator' ? ['burgerzaken'] : [],
): Promise<void> {
  const person = await invitePerson(ctx, { email: `${role}@gemeente.example`, roles: [role], departments });
  await useLink(page, (await createMailedLink(ctx, url, person))!);
}

/** Uses a sign-in link without showing its page; a browser's journey shows that page once. */
export async function useLink(page: Page, link: string): Promise<void> {
  const { request } = page.context();
  const _csrf = csrfIn(await (await request.get(link)).text());
  await request.post(link, { form: { _csrf }, maxRedirects: 0 });
}
