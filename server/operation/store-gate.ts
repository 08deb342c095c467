import type { ErrorRequestHandler, RequestHandler } from 'express';
import { problem } from '../../surveys/problems.ts';
import type { StoreWatch } from './store-watch.ts';

/** These are answered without the store. */
const independent = /^\/(health|metrics|assets)(\/|$)/;

/**
 * Refuses with 503, at once, what can't be done while the store is away: also requests that were under way when it
 * went, which would otherwise wait for the driver to give up. One that was refused may still be carried out when its
 * write reached the store; sending it again has no second effect.
 */
export function storeGate(watch: StoreWatch, answer: ErrorRequestHandler): RequestHandler {
  return (request, response, next) => {
    if (independent.test(request.path)) return next();
    const refuse = () => {
      const away = problem('unavailable', { detail: 'The store does not answer.' });
      if (!response.headersSent) answer(away, request, response, () => undefined);
    };
    if (!watch.up()) return refuse();
    response.once('close', watch.onceDown(refuse));
    next();
  };
}
