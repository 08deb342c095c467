import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { problem } from '../../surveys/problems.ts';
import type { Operation } from './index.ts';

/**
 * `GET /metrics` for who holds the token that the environment names. Without one there is no such page. API tokens
 * would not do: they are in the store, and metrics are read most when the store is away.
 */
export function metricsRoute({ metrics, sources }: Operation, token: string | undefined): RequestHandler {
  const expected = token === undefined ? undefined : digest(token);
  return async (request, response) => {
    if (expected === undefined) throw problem('notFound');
    const given = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (given === undefined || !timingSafeEqual(digest(given), expected)) throw problem('unauthenticated');
    const { type, text } = await metrics.read(sources);
    response.setHeader('Content-Type', type);
    response.end(text);
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
