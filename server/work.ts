import type { Jobs } from '../jobs/start.ts';
import type { Clock } from '../surveys/clock.ts';
import type { Context } from '../surveys/context.ts';
import type { Config } from './config.ts';
import { openInstallation } from './installation.ts';
import { startJobsOf } from './jobs.ts';
import { dependenciesOf } from './operation/dependencies.ts';
import { startOperation } from './operation/index.ts';

/** A process that does what happens later, and answers nobody. */
export interface Worker {
  ctx: Context;
  jobs: Jobs;
  /** Lets the jobs under way end or give their claims back, and closes the store. */
  close(): Promise<void>;
}

/** Starts a worker: the store and the jobs, no web server. `clock`: another than the system's, to try out another day. */
export async function startWorker(config: Config, { clock }: { clock?: Clock } = {}): Promise<Worker> {
  const installation = await openInstallation(config, clock);
  const operation = startOperation(installation.ctx, {
    dependencies: dependenciesOf(config, { jobs: true }),
    rejoin: installation.rejoin,
  });
  const { ctx } = operation;
  const jobs = startJobsOf(ctx, config);
  ctx.log.info('The worker is up.');
  return {
    ctx,
    jobs,
    async close() {
      operation.health.stop();
      await jobs.close();
      await operation.close();
      await installation.close();
      ctx.log.info('The worker is down.');
    },
  };
}
