import type { JobRelease } from '../schemas/generated/job-release.ts';
import type { JobTick } from '../schemas/generated/job-tick.ts';
import release from '../schemas/job-release.schema.json' with { type: 'json' };
import tick from '../schemas/job-tick.schema.json' with { type: 'json' };
import { createRelease, rollUp } from '../surveys/aggregates/index.ts';
import { monthOf } from '../surveys/calendar.ts';
import { carryOnArenas } from '../surveys/client-arena/index.ts';
import type { Context } from '../surveys/context.ts';
import { carryOnRounds } from '../surveys/golden-ear/index.ts';
import { expireDue } from '../surveys/invitations/index.ts';
import { planDigests } from '../surveys/overdue/index.ts';
import { Problem } from '../surveys/problems.ts';
import { closeOldImports } from '../surveys/responses/historic/index.ts';
import { destroyOldSalts } from '../surveys/responses/index.ts';
import { type Mailbox, readBounces } from './bounces/index.ts';
import type { Delivery } from './deliver/index.ts';
import type { Registry, Retention, RetryPolicy } from './queue/queue.ts';
import { type RetainOptions, retain } from './retain.ts';
import { createRollUp } from './roll-up.ts';

/** Every kind of job there is, with its payload. */
export interface Payloads {
  /** Send the invitations that are due. */
  deliver: JobTick;
  /** End the invitations, and destroy the salts of imports, whose time is over. */
  expire: JobTick;
  /** Recount the cells and volumes in which something changed. */
  rollUp: JobTick;
  /** Make the next release of a survey. */
  release: JobRelease;
  /** Erase what is older than its retention. */
  retain: JobTick;
  /** Read the mail that came back. */
  bounces: JobTick;
  /** Send the mails of quickscan rounds that open, make the results of those that are over. */
  rounds: JobTick;
  /** Close client arenas whose forms are over, plan the mails that ask what became of what was agreed. */
  arenas: JobTick;
  /** Plan the mails that tell departments what is overdue. */
  overdue: JobTick;
  /** Send the short mails that are due. */
  notices: JobTick;
  /** Look at the klantcontacten of which notifications came. */
  klantcontacten: JobTick;
}

/** What jobs need besides the store and the mail. */
export interface Housekeeping extends RetainOptions {
  /** Where undeliverable mail comes back to; without it nobody looks. */
  mailbox?: Mailbox;
  /** Sends the short mails that are due; tells how many it took up. */
  sendNotices?: () => Promise<number>;
  /** Looks at the klantcontacten that are due; tells how many it took up. Absent without Open Klant. */
  takeKlantcontacten?: () => Promise<number>;
}

/** For jobs that the schedule adds again within seconds or a minute: the next tick is the retry. */
const once: RetryPolicy = Object.freeze({ attempts: 1, baseMs: 1_000, maxMs: 1_000 });

/** Jobs that did their work say nothing more than the log; those that failed are kept to look at. */
const failedOnly: Retention = Object.freeze({ completed: 0, failed: 100 });

/** All jobs and what they do. Each finds in the store what there is to do, so that running one twice is harmless. */
export function jobRegistry(
  ctx: Context,
  delivery: Delivery,
  housekeeping: Housekeeping = {},
): Registry<Payloads> {
  return {
    deliver: {
      payload: tick,
      concurrency: 1,
      retry: once,
      retention: failedOnly,
      async handle() {
        const counts = await delivery.deliverDue();
        if (Object.values(counts).some((count) => count > 0)) ctx.log.info(counts, 'invitations delivered');
      },
    },
    expire: {
      payload: tick,
      concurrency: 1,
      retry: once,
      retention: failedOnly,
      async handle() {
        const expired = await expireDue(ctx);
        if (expired > 0) ctx.log.info({ expired }, 'invitations expired');
        await destroyOldSalts(monthOf(ctx.clock.now()));
        await closeOldImports(monthOf(ctx.clock.now()));
      },
    },
    rollUp: {
      payload: tick,
      concurrency: 1,
      retry: once,
      retention: failedOnly,
      handle: createRollUp(ctx),
    },
    release: {
      payload: release,
      concurrency: 1,
      retry: once,
      retention: failedOnly,
      async handle({ survey }) {
        await rollUp(ctx);
        await unlessUnderWay(async () => {
          await createRelease(ctx, survey);
          ctx.log.info({ survey }, 'released');
        });
      },
    },
    retain: {
      payload: tick,
      concurrency: 1,
      retry: once,
      retention: failedOnly,
      handle: () => unlessUnderWay(() => retain(ctx, housekeeping)),
    },
    bounces: {
      payload: tick,
      concurrency: 1,
      retry: once,
      retention: failedOnly,
      async handle() {
        if (!housekeeping.mailbox) return;
        const counts = await readBounces(ctx, housekeeping.mailbox);
        if (Object.values(counts).some((count) => count > 0)) ctx.log.info(counts, 'mail came back');
      },
    },
    arenas: {
      payload: tick,
      concurrency: 1,
      retry: once,
      retention: failedOnly,
      handle: () => carryOnArenas(ctx),
    },
    overdue: {
      payload: tick,
      concurrency: 1,
      retry: once,
      retention: failedOnly,
      handle: () => planDigests(ctx),
    },
    rounds: {
      payload: tick,
      concurrency: 1,
      retry: once,
      retention: failedOnly,
      async handle() {
        const done = await carryOnRounds(ctx);
        if (done.mailed + done.closed > 0) ctx.log.info(done, 'quickscan rounds carried on');
      },
    },
    notices: {
      payload: tick,
      concurrency: 1,
      retry: once,
      retention: failedOnly,
      async handle() {
        const notices = (await housekeeping.sendNotices?.()) ?? 0;
        if (notices > 0) ctx.log.info({ notices }, 'short mails handled');
      },
    },
    klantcontacten: {
      payload: tick,
      concurrency: 1,
      retry: once,
      retention: failedOnly,
      async handle() {
        const klantcontacten = (await housekeeping.takeKlantcontacten?.()) ?? 0;
        if (klantcontacten > 0) ctx.log.info({ klantcontacten }, 'klantcontacten looked at');
      },
    },
  };
}

/** Another process may be at it, when a job takes longer than the time between two looks. */
async function unlessUnderWay(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Problem && error.code === 'unavailable')) throw error;
  }
}
