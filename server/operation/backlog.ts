import { waitingMarks } from '../../surveys/aggregates/index.ts';
import type { Context } from '../../surveys/context.ts';
import { invitationsDue } from '../../surveys/invitations/index.ts';
import { within } from './within.ts';

/** What waits in the store. */
export interface Backlog {
  /** Invitations whose moment has come, counted up to a bound. */
  due: number;
  oldestDueSeconds: number;
  /** Changes that no roll-up has counted yet, by kind, counted up to a bound. */
  dirty: Record<string, number>;
  oldestDirtySeconds: number;
}

/** Counting stops there: a metric may not cost more than the work it watches. */
const most = 10_000;
/** Marks whose age is followed. */
const followed = 500;
const patience = 1_500;

/**
 * Reads what waits in the store. The store keeps no time with a change (it would tell when somebody answered), so the
 * age of a waiting mark is how long this reader has been seeing it: a mark that is there in each reading grows older.
 */
export function backlogReader(ctx: Context): () => Promise<Backlog> {
  let seen = new Map<string, number>();
  return () =>
    within(patience, async () => {
      const [{ due, oldest }, { counts, sample }] = await Promise.all([
        invitationsDue(ctx, most),
        waitingMarks({ most, sample: followed }),
      ]);
      const now = performance.now();
      seen = new Map(sample.map((mark) => [mark, seen.get(mark) ?? now]));
      const first = Math.min(now, ...seen.values());
      const sinceDue = oldest ? ctx.clock.now().getTime() - oldest.getTime() : 0;
      return {
        due,
        oldestDueSeconds: Math.max(0, sinceDue / 1_000),
        dirty: counts,
        oldestDirtySeconds: (now - first) / 1_000,
      };
    });
}
