import { createBullBoard } from '@bull-board/api';
import { BullAdapter } from '@bull-board/api/bullAdapter';
import { ExpressAdapter } from '@bull-board/express';
import type { Express, RequestHandler } from 'express';
import { jobNames } from '../../jobs/job-names.ts';
import { openBullQueue } from '../../jobs/queue/bull.ts';
import { openRedis, whenReady } from '../../jobs/queue/redis.ts';
import type { Context } from '../../surveys/context.ts';
import { problem } from '../../surveys/problems.ts';
import { checksForms } from '../auth/declared-access.ts';
import type { Config } from '../config.ts';
import { queuePrefix } from '../jobs.ts';

/** Bull's own pages over the queues in Redis, for administrators. */
export interface QueueBoard {
  /** `access` lets through who may, and declares so. */
  mount(app: Express, access: RequestHandler): void;
  close(): void;
}

const path = '/queue';
/** Milliseconds to wait for Redis. */
const patience = 2_000;

/**
 * The board brings scripts and sets styles on elements; fonts from elsewhere stay away, and so do frames. `base-uri`,
 * since it finds its files by a base element.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Opens the board of the queues that the settings name; undefined without Redis. It shows payloads, which hold no personal data. */
export function openQueueBoard(ctx: Context, config: Config): QueueBoard | undefined {
  if (!config.redisUrl) return undefined;
  const redis = openRedis(config.redisUrl, ctx.log);
  const prefix = queuePrefix(ctx, config);
  const adapter = new ExpressAdapter().setBasePath(path);
  createBullBoard({
    queues: jobNames.map((name) => new BullAdapter(openBullQueue(name, { redis, prefix }))),
    serverAdapter: adapter,
    options: { uiConfig: { boardTitle: 'Golden Ear' } },
  });
  const board: Express = adapter.getRouter();
  board.disable('x-powered-by').disable('etag');

  const show: RequestHandler = async (request, response, next) => {
    if (!(await whenReady(redis.client, patience))) {
      throw problem('unavailable', { detail: 'The queue does not answer.' });
    }
    response.setHeader('Content-Security-Policy', contentSecurityPolicy);
    request.url = request.url.slice(path.length) || '/';
    board(request, response, next);
  };
  const ownPages = fromOwnPages(new URL(config.baseUrl).origin);

  return {
    mount(app, access) {
      for (const one of [path, `${path}/*rest`]) app.all(one, access, ownPages, show);
    },
    close: redis.close,
  };
}

/** Another site can make a browser send something along with the session's cookie; the browser then says from where. */
function fromOwnPages(origin: string): RequestHandler {
  return checksForms<RequestHandler>((request, _response, next) => {
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (!reads && request.get('origin') !== origin) throw problem('forbidden');
    next();
  });
}
