import { loadConfig } from '../../server/config.ts';
import { openQueueBoard, openSharedCounts } from '../../server/in-redis.ts';
import { type Operation, startOperation } from '../../server/operation/index.ts';
import { openRateLimits } from '../../server/protection/rate-limits.ts';
import type { Services } from '../../server/services.ts';
import type { Context } from '../../surveys/context.ts';

/** What the door needs, over the store that `useStore` opened; without one it says that the store is away. */
export function testServices(
  ctx: Context,
  env: Record<string, string> = {},
): Services & { close(): Promise<void> } {
  const config = loadConfig(env);
  const operation: Operation = startOperation(ctx);
  const queueBoard = openQueueBoard(ctx, config);
  const limits = openRateLimits(operation.ctx, config, openSharedCounts(ctx, config));
  return {
    ctx: operation.ctx,
    config,
    operation,
    limits,
    ...(queueBoard && { queueBoard }),
    async close() {
      queueBoard?.close();
      limits.close();
      await operation.close();
    },
  };
}
