import express, { type Express } from 'express';
import { problem } from '../surveys/problems.ts';
import { mountApi } from './api/mount.ts';
import { declares, mountedRoutes } from './auth/declared-access.ts';
import { refusalNoter } from './auth/note-refusals.ts';
import { metricsRoute } from './operation/metrics-route.ts';
import { storeGate } from './operation/store-gate.ts';
import { errorPage, mountPages } from './pages/routes.ts';
import { answerWithProblem } from './problem-details.ts';
import { requestLog } from './request-log.ts';
import { securityHeaders } from './security-headers.ts';
import type { Services } from './services.ts';
import { staffDoor } from './staff/index.ts';

/** The door: everything that answers over HTTP. Throws when a route does not say who may use it. */
export function createApp(services: Services): Express {
  const { config, operation, limits } = services;
  const { log } = services.ctx;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('strict routing');
  app.enable('case sensitive routing');
  app.set('trust proxy', config.trustProxy ?? false);
  const answerProblem = answerWithProblem(
    log,
    (request, error) => errorPage(services, request, error),
    refusalNoter(services),
  );

  app.use(requestLog(log, operation.metrics.request));
  app.use(securityHeaders());
  app.get('/metrics', declares('operator', metricsRoute(operation, config.metricsToken)));
  app.use(limits.visitor);
  app.use(storeGate(operation.store, answerProblem));

  const door = staffDoor(services.ctx, config);
  mountApi(app, services, door.readSession);
  mountPages(app, services, door);
  services.queueBoard?.mount(app, door.needs('jobs:write'));

  app.use(() => {
    throw problem('notFound');
  });
  app.use(answerProblem);
  mountedRoutes(app);
  return app;
}
