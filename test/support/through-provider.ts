import { expect } from 'chai';
import type { PagesUnderTest } from './pages.ts';
import { cookieIn } from './staff.ts';

/** Goes through the provider's pages with cookies of its own, up to the address that leads back to us. */
export async function throughProvider(pages: PagesUnderTest, start: string, name: string): Promise<string> {
  const jar = new Map<string, string>();
  let url = start;
  let form: URLSearchParams | undefined;
  for (let step = 0; step < 10; step += 1) {
    if (url.startsWith(pages.url)) return url;
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([key, value]) => `${key}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: form }),
    });
    form = undefined;
    for (const cookie of answer.headers.getSetCookie()) {
      const [, key = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      jar.set(key, value);
    }
    const location = answer.headers.get('location');
    if (location) url = new URL(location, url).href;
    else form = new URLSearchParams({ name });
  }
  throw new Error('The provider did not lead back');
}

/** Starts at our page; gives our cookie and the address with which the provider sends the browser back. */
export async function beginAt(pages: PagesUnderTest, name: string, to = '') {
  const started = await pages.request(`/sign-in/provider${to && `?to=${encodeURIComponent(to)}`}`);
  expect(started.status).to.equal(303);
  const cookie = cookieIn(started.headers);
  const back = await throughProvider(pages, started.headers.get('location')!, name);
  return { cookie, back: back.slice(pages.url.length) };
}
