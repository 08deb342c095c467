import type { Jobs } from '../jobs/start.ts';
import type { Clock } from '../surveys/clock.ts';
import type { Context } from '../surveys/context.ts';
import type { Config } from './config.ts';
import { openInstallation } from './installation.ts';
import { startJobsOf } from './jobs.ts';
import { dependenciesOf } from './operation/dependencies.ts';
import { startOperation } from './operation/index.ts';
import { openWorkerDoor } from './operation/worker-door.ts';

/** A process that does what happens later, and answers nobody but its operator. */
export interface Worker {
  ctx: Context;
  jobs: Jobs;
  /** Lets the jobs under way end or give their claims back, and closes the store. */
  close(): Promise<void>;
}

/** Starts a worker: the store and the jobs, no web server. `clock`: another than the system's, to try out another day. */
export async function startWorker(config: Config, { clock }: { clock?: Clock } = {}): Promise<Worker> {
  const installation = await openInstallation(config, clock);
  let jobs: Jobs | undefined;
  const operation = startOperation(installation.ctx, {
    dependencies: dependenciesOf(config, { jobs: true, web: false, queue: async () => jobs?.counts() }),
    rejoin: installation.rejoin,
    jobs: () => jobs,
  });
  const { ctx } = operation;
  const { workerPort: port, host, metricsToken } = config;
  const closeDoor =
    port === undefined ? undefined : await openWorkerDoor(operation, { port, host, metricsToken });
  const running = await startJobsOf(ctx, config);
  jobs = running;
  ctx.log.info('The worker is up.');
  return {
    ctx,
    jobs: running,
    async close() {
      operation.health.stop();
      await running.close();
      closeDoor?.();
      await operation.close();
      await installation.close();
      ctx.log.info('The worker is down.');
    },
  };
}
