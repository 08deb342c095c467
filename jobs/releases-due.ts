import { newestRelease } from '../surveys/aggregates/index.ts';
import { inAmsterdam } from '../surveys/calendar.ts';
import type { Context } from '../surveys/context.ts';
import { listSurveys } from '../surveys/definitions/index.ts';

/** Before this hour (Europe/Amsterdam) the release of the day waits: imports of the evening before are in by then. */
const releaseHour = 4;

/** Keys of the surveys that have no release of today yet. The first release of a survey does not wait for the hour. */
export async function releasesDue(ctx: Context): Promise<string[]> {
  const now = inAmsterdam(ctx.clock.now());
  const due: string[] = [];
  for (const { key } of await listSurveys()) {
    const newest = await newestRelease(key);
    const today = newest && inAmsterdam(newest.createdAt).hasSame(now, 'day');
    if (!newest || (!today && now.hour >= releaseHour)) due.push(key);
  }
  return due;
}
