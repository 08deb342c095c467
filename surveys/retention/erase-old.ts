import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { CellModel, rollUp, VolumeModel } from '../aggregates/index.ts';
import { addDays, monthsBefore } from '../calendar.ts';
import type { Context } from '../context.ts';
import { publishedSurvey } from '../definitions/index.ts';
import { acquireLease, releaseLease, renewLease } from '../leases.ts';
import { problem } from '../problems.ts';
import { CapModel } from '../recipients/model.ts';
import { surveySettings } from '../settings/index.ts';
import { eraseResponses } from './responses.ts';
import { type Erased, type ErasingRun, eraseAll } from './run.ts';
import { getRetention } from './settings.ts';
import { eraseContacts, eraseInvitations } from './volumes.ts';

/** A slice takes seconds at most; after a crash another process may go on this much later. */
const leaseMs = 60_000;
/** Milliseconds of rest after each slice: an erasing is in no hurry, and who waits for a page is. */
const restMs = 5;

/**
 * Erases what is older than its retention: single answers, invitations, the ledger, ended caps, forgotten salts. What
 * counts were made of is erased only after they were sealed. One process at a time does so, in the others this returns
 * at once. It may die at any line: what is left is found again by the next run.
 * @param options.signal ends it between two slices, with Problem `unavailable`
 * @returns how many were erased
 */
export async function eraseOld(
  ctx: Context,
  { onProgress, signal }: { onProgress?: (erased: Erased) => void; signal?: AbortSignal } = {},
): Promise<Erased> {
  const erased: Erased = { responses: 0, contacts: 0, invitations: 0, caps: 0, importSalts: 0 };
  const lease = await acquireLease('retention', randomUUID(), ctx.clock, leaseMs);
  if (!lease) return erased;
  const run: ErasingRun = {
    now: ctx.clock.now(),
    erased,
    async betweenSlices() {
      onProgress?.({ ...erased });
      await wait(restMs);
      if (signal?.aborted) throw problem('unavailable', { detail: 'The erasing was told to stop.' });
      if (!(await renewLease(lease, ctx.clock, leaseMs))) {
        throw problem('unavailable', { detail: 'Another process has taken over the erasing.' });
      }
    },
  };
  try {
    // What no roll-up has counted yet has no cell to be found by.
    await rollUp(ctx);
    await eraseEverything(ctx, run);
  } finally {
    await releaseLease(lease);
  }
  return erased;
}

async function eraseEverything(ctx: Context, run: ErasingRun): Promise<void> {
  const { now } = run;
  const { responseMonths, invitationMonths, contactMonths } = await getRetention();
  await eraseAll(run, 'caps', CapModel, { until: { $lte: now } });
  for (const survey of await CellModel.distinct('survey')) {
    await eraseResponses(ctx, run, survey, monthsBefore(now, responseMonths + 1));
  }
  for (const survey of await VolumeModel.distinct('survey')) {
    await eraseInvitations(ctx, run, survey, monthsBefore(now, invitationMonths + 1));
    const tooOld = monthsBefore(addDays(now, -(await maximumAgeDays(survey))), 1);
    const ended = monthsBefore(now, contactMonths + 1);
    await eraseContacts(ctx, run, survey, tooOld < ended ? tooOld : ended);
  }
}

/** Contacts may name a survey that is not published; none of those is asked about. */
async function maximumAgeDays(survey: string): Promise<number> {
  return (await publishedSurvey(survey)) ? (await surveySettings(survey)).maximumAgeDays : 0;
}
