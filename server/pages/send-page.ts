import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Request, Response } from 'express';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

const compress = promisify(gzip);

/** A page in both forms that go over the line, so that a page without answers is made once. */
export interface ReadyPage {
  html: Buffer;
  gzip: Buffer;
}

export function render(page: VNode): string {
  return `<!doctype html>${renderToString(page)}`;
}

export async function ready(page: VNode): Promise<ReadyPage> {
  const html = Buffer.from(render(page));
  return { html, gzip: await compress(html, { level: 6 }) };
}

export function sendReady(request: Request, response: Response, page: ReadyPage, status = 200): void {
  response.status(status).type('html').vary('Accept-Encoding');
  if (request.acceptsEncodings('gzip')) {
    response.setHeader('Content-Encoding', 'gzip');
    response.end(page.gzip);
  } else {
    response.end(page.html);
  }
}

/** Draws and sends a page for residents, compressed. */
export async function sendPage(
  request: Request,
  response: Response,
  page: VNode,
  status = 200,
): Promise<void> {
  sendReady(request, response, await ready(page), status);
}

/**
 * Draws and sends a page for staff. It is not compressed: it holds a secret (the form token) beside text
 * that a stranger can choose by the address, and the compressed length would tell one from the other (BREACH).
 */
export function sendStaffPage(response: Response, page: VNode, status = 200): void {
  response.status(status).type('html').send(render(page));
}
