import { rollUp } from '../surveys/aggregates/index.ts';
import type { Context } from '../surveys/context.ts';

/** Counting volumes rests so many times as long as it took: a thirtieth of the time at most goes to it. */
const rest = 29;
const longestRest = 60_000;

/**
 * Recounts what changed: cells each time, since answers are to be seen at once; volumes when they have rested. While
 * mail goes out a volume changes all the time, and each count of it reads a week of a channel.
 *
 * @param elapsed milliseconds since some moment, that never go back
 */
export function createRollUp(ctx: Context, elapsed = () => performance.now()): () => Promise<void> {
  let volumesFrom = 0;
  return async () => {
    const begun = elapsed();
    const volumes = begun >= volumesFrom;
    const done = await rollUp(ctx, { volumes });
    const ended = elapsed();
    if (done.volumes > 0) volumesFrom = ended + Math.min(longestRest, rest * (ended - begun));
  };
}
