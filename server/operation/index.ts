import type { Jobs } from '../../jobs/start.ts';
import type { Context } from '../../surveys/context.ts';
import { pingStore, watchCommands } from '../../surveys/store.ts';
import { backlogReader } from './backlog.ts';
import { createHealth, type Dependencies, type Health } from './health.ts';
import { createMetrics, type Metrics, type MetricsSources } from './metrics.ts';
import { type StoreWatch, watchStore } from './store-watch.ts';

export type { Dependencies } from './health.ts';

/** What an operator sees of a process, and what it does about a store that went away. */
export interface Operation {
  /** Of the rules, and counting what they do. */
  ctx: Context;
  health: Health;
  metrics: Metrics;
  store: StoreWatch;
  /** What the metrics look up when they are read. */
  sources: MetricsSources;
  close(): Promise<void>;
}

interface OperationOptions {
  /** Besides the store. */
  dependencies?: Dependencies;
  /** Tried while the store does not answer. */
  rejoin?: () => Promise<void>;
  /** The jobs of this process, as soon as there are any. */
  jobs?: () => Pick<Jobs, 'counts'> | undefined;
}

/** Starts watching over a process whose store is connected. */
export function startOperation(
  given: Context,
  { dependencies = {}, rejoin, jobs }: OperationOptions = {},
): Operation {
  const metrics = createMetrics();
  const ctx: Context = { ...given, count: metrics.count, jobEnded: metrics.job };
  const store = watchStore({ log: ctx.log, ping: pingStore, ...(rejoin && { rejoin }) });
  const health = createHealth({ store: { check: pingStore, essential: true }, ...dependencies });
  const unwatch = watchCommands(metrics.command);
  return {
    ctx,
    health,
    metrics,
    store,
    sources: {
      backlog: backlogReader(ctx),
      readiness: health.readiness,
      queue: async () => jobs?.()?.counts(),
    },
    async close() {
      unwatch();
      await store.close();
    },
  };
}
