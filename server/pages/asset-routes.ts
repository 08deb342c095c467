import { type Request, type Response, Router } from 'express';
import { problem } from '../../surveys/problems.ts';
import { everyone } from '../auth/declared-access.ts';
import type { Asset } from './assets.ts';
import type { Site } from './site.ts';

/**
 * Serves the style sheet and the logo. A page that was drawn before the theme changed asks for a file that is
 * no more: it gets today's, which then must not be kept under the old name.
 */
export function assetRoutes(readSite: () => Promise<Site>): Router {
  const router = Router({ strict: true, caseSensitive: true });
  router.get('/assets/:file', everyone, async (request, response) => {
    const { stylesheet, logo } = (await readSite()).assets;
    const current = request.path.startsWith('/assets/logo-') ? logo : stylesheet;
    const known = /^\/assets\/(style|logo)-[0-9a-f]{16}\.[a-z]+$/.test(request.path);
    if (!known || !current) throw problem('notFound');
    sendAsset(request, response, current, request.path === current.path);
  });
  return router;
}

function sendAsset(request: Request, response: Response, asset: Asset, forever: boolean): void {
  response.setHeader('Cache-Control', forever ? 'public, max-age=31536000, immutable' : 'no-cache');
  response.setHeader('Content-Type', asset.type);
  // An SVG opened by itself is a document: it may run and load nothing.
  response.setHeader('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
  response.vary('Accept-Encoding');
  const encoding = request.acceptsEncodings(['br', 'gzip']);
  if (encoding) response.setHeader('Content-Encoding', encoding);
  response.end(encoding === 'br' ? asset.brotli : encoding === 'gzip' ? asset.gzip : asset.body);
}
