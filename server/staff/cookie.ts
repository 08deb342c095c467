import { parseCookie, stringifySetCookie } from 'cookie';
import type { Request, Response } from 'express';

/** The one cookie of this service: the secret of a session, or of a visit to the sign-in page. */
export interface SessionCookie {
  read(request: Request): string | undefined;
  write(response: Response, secret: string): void;
  clear(response: Response): void;
}

/** On https no neighbouring host can set a cookie of this name. */
export function sessionCookieName(baseUrl: string): string {
  return baseUrl.startsWith('https:') ? '__Host-golden-ear' : 'golden-ear';
}

/**
 * On https the name says `__Host-`, so that no neighbouring host can set it. It lasts as long as the browser is
 * open; how long the session lasts is decided by the store.
 */
export function sessionCookie(baseUrl: string): SessionCookie {
  const secure = baseUrl.startsWith('https:');
  const name = sessionCookieName(baseUrl);
  const set = (response: Response, value: string, maxAge?: number) => {
    const options = { httpOnly: true, sameSite: 'lax', path: '/', secure } as const;
    response.append(
      'Set-Cookie',
      stringifySetCookie({ name, value, ...options, ...(maxAge === 0 && { maxAge }) }),
    );
  };
  return {
    read: (request) => {
      const value = parseCookie(request.headers.cookie ?? '')[name];
      return value && /^[A-Za-z0-9_-]{43}$/.test(value) ? value : undefined;
    },
    write: (response, secret) => set(response, secret),
    clear: (response) => set(response, '', 0),
  };
}
