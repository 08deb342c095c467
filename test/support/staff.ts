import { parse } from 'node-html-parser';
import type { Role } from '../../server/auth/permissions.ts';
import { invitePerson } from '../../server/staff/people.ts';
import { createMailedLink, createSignInLink } from '../../server/staff/sign-in-links.ts';
import type { Context } from '../../surveys/context.ts';
import type { PagesUnderTest } from './pages.ts';

/** A signed-in browser without a screen. */
export interface StaffBrowser {
  cookie: string;
  get(path: string, headers?: Record<string, string>): ReturnType<PagesUnderTest['request']>;
  /** Posts a form with its token, as the page before it gave it. */
  post(
    path: string,
    fields: Record<string, string> | [string, string][],
    page?: string,
  ): ReturnType<PagesUnderTest['request']>;
}

/** The address under which the tests invite somebody with a role. */
export function addressOf(role: Role): string {
  return `${role}@gemeente.example`;
}

/** Invites somebody with one role (a coordinator for these departments) and signs them in. */
export async function signedInAs(
  pages: PagesUnderTest,
  role: Role,
  departments: string[] = role === 'coordinator' ? ['burgerzaken'] : [],
): Promise<StaffBrowser> {
  const person = await invitePerson(pages.ctx, { email: addressOf(role), roles: [role], departments });
  const link = await createMailedLink(pages.ctx, pages.url, person);
  return followLink(pages, link!);
}

/** Signs in as the administrator of the operator's link. */
export async function signedInOperator(
  pages: PagesUnderTest,
  ctx: Context = pages.ctx,
): Promise<StaffBrowser> {
  return followLink(pages, await createSignInLink(ctx, pages.url));
}

/** Opens a sign-in link and presses its button. */
export async function followLink(pages: PagesUnderTest, link: string): Promise<StaffBrowser> {
  const path = new URL(link).pathname;
  const opened = await pages.request(path);
  const { headers } = await pages.post(
    path,
    { _csrf: csrfIn(opened.text) },
    { cookie: cookieIn(opened.headers) },
  );
  return browserWith(pages, cookieIn(headers));
}

/** A browser that holds this cookie. */
export function browserWith(pages: PagesUnderTest, cookie: string): StaffBrowser {
  const browser: StaffBrowser = {
    cookie,
    get: async (path, headers = {}) => {
      const answer = await pages.request(path, { headers: { ...headers, cookie: browser.cookie } });
      browser.cookie = cookieIn(answer.headers) || browser.cookie;
      return answer;
    },
    post: async (path, fields, page = '/sessions') => {
      const csrf = csrfIn((await browser.get(page)).text);
      return pages.request(path, {
        method: 'POST',
        body: new URLSearchParams([...fieldsOf(fields), ['_csrf', csrf]]),
        headers: { cookie: browser.cookie },
      });
    },
  };
  return browser;
}

function fieldsOf(fields: Record<string, string> | [string, string][]): [string, string][] {
  return Array.isArray(fields) ? fields : Object.entries(fields);
}

export function cookieIn(headers: Headers): string {
  return headers.getSetCookie().at(-1)?.split(';')[0] ?? '';
}

export function csrfIn(text: string): string {
  return parse(text).querySelector('input[name=_csrf]')?.getAttribute('value') ?? '';
}
