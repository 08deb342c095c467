import type { ErrorRequestHandler, Request } from 'express';
import type { Logger } from 'pino';
import { Problem, problem } from '../surveys/problems.ts';
import type { NoteRefusal } from './auth/note-refusals.ts';

/** A problem as `application/problem+json` (RFC 9457); `code` is stable, `errors` names every fault. */
export function problemDetails(error: Problem, requestId?: string): Record<string, unknown> {
  return {
    type: `urn:golden-ear:problem:${error.code}`,
    title: error.title,
    status: error.status,
    detail: error.detail ?? error.title,
    code: error.code,
    ...(error.faults.length > 0 && { errors: error.faults }),
    ...error.extra,
    ...(requestId && { requestId }),
  };
}

/** Seconds after which a caller may try again what can't be done now. */
const retryAfter = 5;

/**
 * The last handler: every error becomes a problem, as JSON, or as a page for a browser outside the API.
 * What is not the caller's fault is logged and told without details. A page that can't be made either, because
 * it needs the store that is away, gives way to JSON.
 */
export function answerWithProblem(
  log: Logger,
  errorPage: (request: Request, error: Problem) => Promise<string>,
  noteRefusal?: NoteRefusal,
): ErrorRequestHandler {
  return async (thrown: unknown, request, response, next) => {
    const error = toProblem(thrown);
    if (error.status >= 500) {
      log.error({ err: thrown, requestId: response.locals.requestId }, 'A request failed.');
    }
    await noteRefusal?.(request, response, error);
    // Answered already, as when the store went while this request was under way.
    if (response.writableEnded) return;
    if (response.headersSent) {
      next(thrown);
      return;
    }
    response.status(error.status);
    if (error.code === 'unavailable') response.setHeader('Retry-After', String(retryAfter));
    if (error.code === 'unauthenticated') response.setHeader('WWW-Authenticate', 'Bearer');
    const page = wantsPage(request) ? await errorPage(request, error).catch(() => undefined) : undefined;
    if (page !== undefined) response.type('html').send(page);
    else
      response
        .type('application/problem+json')
        .send(JSON.stringify(problemDetails(error, response.locals.requestId)));
  };
}

function wantsPage(request: Request): boolean {
  if (/^\/(v1|health)(\/|$)/.test(request.path)) return false;
  return request.accepts(['json', 'application/problem+json', 'html']) === 'html';
}

/** Names of the driver's errors when it has no store to talk to, or lost it half-way. */
const storeAway =
  /^Mongo(ServerSelection|Network|PoolClear|PoolClosed|NotConnected|TopologyClosed|ClientClosed)/;

/** OutOfDiskSpace: nothing of the write was stored. */
const diskFull = 14031;

/** What Express, its body parsers and the driver throw, said in our own codes. */
export function toProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  if (!(thrown instanceof Error)) return problem('internal');
  if (storeAway.test(thrown.name)) return problem('unavailable', { detail: 'The store does not answer.' });
  if ('code' in thrown && thrown.code === diskFull)
    return problem('unavailable', {
      detail: 'The disk is full; nothing can be stored until there is space.',
    });
  switch ('type' in thrown ? thrown.type : undefined) {
    case 'entity.parse.failed':
      return problem('badRequest', { detail: 'The body is not valid JSON.' });
    case 'entity.too.large':
      return problem('tooLarge');
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return problem('unsupportedMediaType');
  }
  const status = 'status' in thrown ? Number(thrown.status) : 500;
  if (status >= 400 && status < 500) return problem('badRequest');
  return problem('internal');
}
