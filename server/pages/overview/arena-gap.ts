import { readAggregates } from '../../../surveys/aggregates/index.ts';
import { arenaGap, type Gap } from '../../../surveys/client-arena/index.ts';
import type { Context } from '../../../surveys/context.ts';
import { ifReleased } from './if-released.ts';

/** The gap between what staff guessed and what residents said, from the newest releases of both forms. */
export async function releasedGap(ctx: Context): Promise<Gap | undefined> {
  const [guess, baseline] = await Promise.all([
    releasedMean(ctx, 'client-arena-listener-before', 'guess'),
    releasedMean(ctx, 'client-arena-participant-before', 'baseline'),
  ]);
  return arenaGap(guess, baseline);
}

async function releasedMean(ctx: Context, survey: string, question: string): Promise<number | undefined> {
  const result = await ifReleased(readAggregates(ctx, { survey, question }));
  const total = result?.total;
  return total && total.status !== 'suppressed' ? total.mean : undefined;
}
