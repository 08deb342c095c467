import { rollUpDue } from '../surveys/aggregates/index.ts';
import { arenasDue } from '../surveys/client-arena/index.ts';
import { klantcontactenDue } from '../surveys/contacts/open-klant/index.ts';
import type { Context } from '../surveys/context.ts';
import { hasNews } from '../surveys/followers/tell-followers.ts';
import { roundsDue } from '../surveys/golden-ear/index.ts';
import { noticesDue } from '../surveys/notices/index.ts';
import { digestsDue } from '../surveys/overdue/index.ts';
import type { Delivery } from './deliver/index.ts';
import type { Schedule } from './reconciler.ts';
import type { Payloads } from './registry.ts';
import { releasesDue } from './releases-due.ts';

/** Where the work of each kind of job is found. */
export function jobSchedule(ctx: Context, delivery: Delivery): Schedule<Payloads> {
  return {
    deliver: { everyMs: 2_000, find: async () => ticks(await delivery.batchesDue()) },
    expire: { everyMs: 60_000, find: async () => ticks(1) },
    // An answer is in the cells within a second: half of it waiting at most, and the other half to count.
    rollUp: { everyMs: 500, find: async () => ticks((await rollUpDue()) ? 1 : 0) },
    bounces: { everyMs: 300_000, find: async () => ticks(1) },
    arenas: { everyMs: 60_000, find: async () => ticks((await arenasDue(ctx)) ? 1 : 0) },
    rounds: { everyMs: 30_000, find: async () => ticks((await roundsDue(ctx)) ? 1 : 0) },
    overdue: { everyMs: 60_000, find: async () => ticks((await digestsDue(ctx)) ? 1 : 0) },
    notices: {
      everyMs: 10_000,
      find: async () => ticks((await noticesDue(ctx)) || (await hasNews()) ? 1 : 0),
    },
    klantcontacten: { everyMs: 10_000, find: async () => ticks((await klantcontactenDue(ctx)) ? 1 : 0) },
    retain: { everyMs: 3_600_000, find: async () => ticks(1) },
    release: { everyMs: 60_000, find: async () => (await releasesDue(ctx)).map((survey) => ({ survey })) },
  };
}

/** Payloads of jobs that find all they need in the store. */
function ticks(count: number): Record<string, never>[] {
  return Array.from({ length: count }, () => ({}));
}
