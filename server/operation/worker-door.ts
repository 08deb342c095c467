import { once } from 'node:events';
import express, { type Express } from 'express';
import { problem } from '../../surveys/problems.ts';
import { declares, everyone, mountedRoutes } from '../auth/declared-access.ts';
import { answerWithProblem } from '../problem-details.ts';
import { webServer } from '../protection/web-server.ts';
import { requestLog } from '../request-log.ts';
import { securityHeaders } from '../security-headers.ts';
import { isReady } from './health.ts';
import type { Operation } from './index.ts';
import { metricsRoute } from './metrics-route.ts';

/** What a worker answers over HTTP: whether it lives and can work, and its metrics. Nothing of it is for the public. */
function workerApp(operation: Operation, metricsToken: string | undefined): Express {
  const { log } = operation.ctx;
  const app = express();
  app.disable('x-powered-by');
  app.use(requestLog(log, operation.metrics.request));
  app.use(securityHeaders());
  app.get('/health/live', everyone, (_request, response) => {
    response.json({ status: 'up' });
  });
  app.get('/health/ready', everyone, async (_request, response) => {
    const readiness = await operation.health.readiness();
    response.status(isReady(readiness) ? 200 : 503).json(readiness);
  });
  app.get('/metrics', declares('operator', metricsRoute(operation, metricsToken)));
  app.use(() => {
    throw problem('notFound');
  });
  app.use(answerWithProblem(log, () => Promise.reject(new Error('a worker has no pages'))));
  mountedRoutes(app);
  return app;
}

/** Opens a worker's door on a port. @returns what closes it */
export async function openWorkerDoor(
  operation: Operation,
  { port, host, metricsToken }: { port: number; host: string | undefined; metricsToken: string | undefined },
): Promise<() => void> {
  const server = webServer(workerApp(operation, metricsToken));
  server.listen({ port, ...(host && { host }) });
  await once(server, 'listening');
  return () => {
    server.close();
    server.closeAllConnections();
  };
}
