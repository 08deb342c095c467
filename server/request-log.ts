import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { AnsweredRequest } from './operation/metrics.ts';
import { requestIdOf } from './request-id.ts';

/**
 * Gives each request an id (`X-Request-Id`), logs its end and counts it. What is logged is the pattern of the route,
 * never the path: paths hold tokens and ids of contacts. No network address is kept either.
 */
export function requestLog(log: Logger, answered: (request: AnsweredRequest) => void): RequestHandler {
  return (request, response, next) => {
    const started = performance.now();
    const requestId = requestIdOf(request.headers);
    response.setHeader('X-Request-Id', requestId);
    response.locals.requestId = requestId;
    response.once('close', () => {
      const ms = performance.now() - started;
      const { method } = request;
      const route = routeOf(request);
      const status = response.statusCode;
      answered({ method, route, status, seconds: ms / 1_000 });
      log.info({
        requestId,
        method,
        route,
        status,
        ms: Math.round(ms),
        ...(!response.writableFinished && { aborted: true }),
      });
    });
    next();
  };
}

/** The pattern of the route that a request came to. */
export function routeOf({ route }: { route?: unknown }): string {
  const path = typeof route === 'object' && route !== null && 'path' in route ? route.path : undefined;
  return typeof path === 'string' ? path : '(none)';
}
