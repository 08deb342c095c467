import { loadConfig } from '../../server/config.ts';
import { type Operation, startOperation } from '../../server/operation/index.ts';
import type { Services } from '../../server/services.ts';
import type { Context } from '../../surveys/context.ts';

/** What the door needs, over the store that `useStore` opened; without one it says that the store is away. */
export function testServices(
  ctx: Context,
  env: Record<string, string> = {},
): Services & { close(): Promise<void> } {
  const operation: Operation = startOperation(ctx);
  return { ctx: operation.ctx, config: loadConfig(env), operation, close: operation.close };
}
