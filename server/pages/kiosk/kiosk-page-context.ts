import { randomBytes } from 'node:crypto';
import type { Response } from 'express';
import type { PageContext } from '../page-context.ts';

/** Seconds that thanks stay on the screen of a kiosk. */
const thanksSeconds = 12;

/**
 * The page for a device at the counter that many use one after another: nothing that leads elsewhere, large targets,
 * and back to the start when nobody touches it. The answer allows the one script that watches for that, by a nonce.
 */
export function kioskPageContext(response: Response, page: PageContext, start: string): PageContext {
  const nonce = randomBytes(18).toString('base64url');
  const policy = String(response.getHeader('Content-Security-Policy') ?? '');
  response.setHeader('Content-Security-Policy', `${policy};script-src 'nonce-${nonce}'`);
  return { ...page, kiosk: { start, nonce } };
}

/** Brings the thanks back to the start by themselves, without a script. */
export function returnToStart(response: Response, { kiosk }: PageContext): void {
  if (kiosk) response.setHeader('Refresh', `${thanksSeconds};url=${kiosk.start}`);
}
