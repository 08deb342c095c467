import { readAggregates } from '../../../surveys/aggregates/index.ts';
import { arenaGap, type Gap } from '../../../surveys/client-arena/index.ts';
import { ifReleased } from './if-released.ts';

/** The gap between what staff guessed and what residents said, from the newest releases of both forms. */
export async function releasedGap(): Promise<Gap | undefined> {
  const [guess, baseline] = await Promise.all([
    releasedMean('client-arena-listener-before', 'guess'),
    releasedMean('client-arena-participant-before', 'baseline'),
  ]);
  return arenaGap(guess, baseline);
}

async function releasedMean(survey: string, question: string): Promise<number | undefined> {
  const result = await ifReleased(readAggregates({ survey, question }));
  const total = result?.total;
  return total && total.status !== 'suppressed' ? total.mean : undefined;
}
