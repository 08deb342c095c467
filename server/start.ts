import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Jobs } from '../jobs/start.ts';
import type { Clock } from '../surveys/clock.ts';
import type { Context } from '../surveys/context.ts';
import { changesInOneStep } from '../surveys/store.ts';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { openInstallation } from './installation.ts';
import { startJobsOf } from './jobs.ts';
import { dependenciesOf } from './operation/dependencies.ts';
import { drainOf } from './operation/drain.ts';
import { startOperation } from './operation/index.ts';
import { openRateLimits } from './protection/rate-limits.ts';
import { webServer } from './protection/web-server.ts';
import { firstSignInLink } from './staff/index.ts';

export interface Service {
  /** Where it can be reached; with port 0, the port that was found. */
  url: string;
  ctx: Context;
  /** The first administrator's way in, made at the first start. */
  signInLink?: string;
  /** What happens later; absent without jobs. */
  jobs?: Jobs;
  /** Stops taking requests, lets those under way end, stops the jobs and closes the store. */
  close(): Promise<void>;
}

export interface StartOptions {
  /** False: web only. */
  jobs?: boolean;
  /** False: jobs do only what `drain` asks for. */
  schedule?: boolean;
  /** Another clock than the system's, to try out another day. */
  clock?: Clock;
}

/** Starts the service: the store, the web server and, unless told otherwise, the jobs. */
export async function startService(
  given: Config,
  { jobs = true, schedule = true, clock }: StartOptions = {},
): Promise<Service> {
  const inRedis = given.redisUrl ? await import('./in-redis.ts') : undefined;
  const installation = await openInstallation(given, clock);
  const server = webServer();
  const drain = drainOf(server);
  try {
    await listen(server, given);
  } catch (error) {
    await installation.close();
    throw error;
  }
  const config = given.port === 0 ? { ...given, baseUrl: `http://localhost:${portOf(server)}` } : given;
  let running: Jobs | undefined;
  const operation = startOperation(installation.ctx, {
    dependencies: dependenciesOf(config, { jobs, web: true, queue: async () => running?.counts() }),
    rejoin: installation.rejoin,
    jobs: () => running,
  });
  const { ctx } = operation;
  const queueBoard = inRedis?.openQueueBoard(ctx, config);
  const limits = openRateLimits(ctx, config, inRedis?.openSharedCounts(ctx, config));
  server.on('request', createApp({ ctx, config, operation, limits, ...(queueBoard && { queueBoard }) }));
  running = jobs ? await startJobsOf(ctx, config, { schedule }) : undefined;
  await warn(ctx, config);
  ctx.log.info({ port: portOf(server), jobs }, 'The service is up.');
  // With an identity provider, the first administrator is who it says.
  const signInLink = config.oidc ? undefined : await firstSignInLink(ctx, config.baseUrl);
  return {
    url: config.baseUrl,
    ctx,
    ...(signInLink && { signInLink }),
    ...(running && { jobs: running }),
    close: async () => {
      operation.health.stop();
      const ends = await Promise.allSettled([drain.close(config.drainMs), running?.close()]);
      for (const end of ends)
        if (end.status === 'rejected') ctx.log.error({ err: end.reason }, 'could not end in order');
      queueBoard?.close();
      limits.close();
      await operation.close();
      await installation.close();
      ctx.log.info('The service is down.');
    },
  };
}

async function warn({ log }: Context, { production, baseUrl, notify, smtpUrl }: Config): Promise<void> {
  if (notify && smtpUrl) log.warn('Mail goes by NotifyNL: NOTIFY_URL is set, so SMTP_URL is not used.');
  if (production && !baseUrl.startsWith('https:'))
    log.warn('BASE_URL is not https: links and cookies are open.');
  if (!(await changesInOneStep()))
    log.warn('This server, FerretDB 1, can lose one of two changes at the same moment: keep no data in it.');
}

async function listen(server: Server, { port, host }: Config): Promise<void> {
  server.listen({ port, ...(host && { host }) });
  try {
    await once(server, 'listening');
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    throw taken ? new Error(`Port ${port} is in use; set PORT to another one`) : error;
  }
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
