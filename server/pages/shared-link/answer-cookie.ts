import { parseCookie, stringifySetCookie } from 'cookie';
import type { Request, Response } from 'express';
import { addDays } from '../../../surveys/calendar.ts';
import { isToken } from '../../../surveys/invitations/index.ts';
import type { SharedLink } from '../../../surveys/shared-links/index.ts';

/** Ways of answering in which the next person uses the same browser: it remembers nobody. */
const sharedBrowsers: readonly string[] = ['kiosk', 'phone'];

/** Longest life of a cookie that browsers keep, in days. */
const longestDays = 400;

/** Whether the browser keeps the means to change the answer. */
function remembers({ mode }: SharedLink): boolean {
  return !sharedBrowsers.includes(mode);
}

/** The token of the answer that this browser gave through the link. */
export function answerToken(request: Request, link: SharedLink): string | undefined {
  if (!remembers(link)) return undefined;
  const token = parseCookie(request.headers.cookie ?? '')[nameOf(link)];
  return token !== undefined && isToken(token) ? token : undefined;
}

/**
 * Keeps the token of an answer in the browser that gave it, for that link and as long as it may be changed. It is sent
 * to no other page, holds no name, and is set only when somebody answers.
 */
export function keepToken(
  response: Response,
  {
    link,
    code,
    token,
    now,
    secure,
  }: { link: SharedLink; code: string; token: string; now: Date; secure: boolean },
): void {
  if (!remembers(link)) return;
  const expires = new Date(Math.min(link.closesAt.getTime(), addDays(now, longestDays).getTime()));
  const options = { httpOnly: true, sameSite: 'lax', path: `/r/${code}`, secure, expires } as const;
  response.append('Set-Cookie', stringifySetCookie({ name: nameOf(link), value: token, ...options }));
}

function nameOf({ _id }: SharedLink): string {
  return `answer-${_id.slice(0, 16)}`;
}
