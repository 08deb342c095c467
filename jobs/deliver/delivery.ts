import { randomUUID } from 'node:crypto';
import type { Context } from '../../surveys/context.ts';
import {
  type ClaimedInvitation,
  claimDue,
  countDue,
  recordAllSent,
  releaseLease,
} from '../../surveys/invitations/index.ts';
import type { Random } from '../backoff.ts';
import { describeError } from '../describe-error.ts';
import type { MailSettings } from '../mail/index.ts';
import type { Outcome, Transport } from '../transport/index.ts';
import { createAttempts } from './attempts.ts';
import { createAvailability } from './availability.ts';
import { combine } from './combine.ts';
import { deliverOne } from './deliver-one.ts';
import { followRequests } from './follow.ts';
import type { Pace } from './pace.ts';
import { persist } from './persist.ts';
import { createRenderer, type Renderer } from './render.ts';
import { watchClock } from './watch-clock.ts';
import { readWording } from './wording.ts';

export interface DeliveryOptions {
  transport: Transport;
  settings: MailSettings;
  random?: Random;
  /** Mails under way at once. More than the transport has connections, so that rendering and recording overlap sending. */
  concurrency?: number;
  /** Holds back each mail until it may go; without one they go as fast as the mail server takes them. */
  pace?: Pace;
  /** Invitations claimed at once. */
  batch?: number;
  /** Milliseconds until another worker may take over a claim. */
  leaseMs?: number;
  /** Milliseconds after which one attempt is broken off. */
  attemptMs?: number;
  /** Milliseconds that attempts under way get to end when the delivery is closed. */
  graceMs?: number;
  /** Also outside office hours: for an outbox that disturbs nobody. */
  anyHour?: boolean;
}

/** How many attempts ended how. */
export type Delivered = Record<Outcome['kind'], number>;

export interface Delivery {
  /** How many runs of `deliverDue` would find something to send now, up to what several workers can use. */
  batchesDue(): Promise<number>;
  /** Sends what is due until nothing is, the office closes, sending is paused or the mail server fails. */
  deliverDue(): Promise<Delivered>;
  /** Starts no more mails, gives unused claims back and waits for the attempts under way. */
  close(): Promise<void>;
}

/** More workers than this are not woken for mail at once. */
const mostRuns = 32;

/** Sends the invitations that are due. Several processes may each have one: claims keep them apart. */
export function createDelivery(ctx: Context, options: DeliveryOptions): Delivery {
  const {
    transport,
    settings,
    random = Math.random,
    concurrency = 48,
    pace = atOnce,
    batch = 250,
    anyHour = false,
  } = options;
  const { leaseMs = 15 * 60_000, attemptMs = 4 * 60_000, graceMs = 10_000 } = options;
  const owner = randomUUID();
  const availability = createAvailability(() => performance.now(), random);
  const clock = watchClock(ctx.clock);
  const attempts = createAttempts(attemptMs);
  const follower = followRequests(ctx.log);
  let closing = false;
  let run = Promise.resolve(nothing());

  const recordSent = combine<ClaimedInvitation>(async (claims) => {
    const recorded = await persist(() => recordAllSent(claims));
    const lost = claims.length - recorded;
    if (lost > 0) ctx.log.warn({ lost }, 'claims were lost before the mail server had accepted their mails');
  });

  interface Batch {
    claims: ClaimedInvitation[];
    /** When they were claimed, in milliseconds of `performance.now`. */
    since: number;
  }
  const none: Promise<Batch> = Promise.resolve({ claims: [], since: 0 });

  async function claim(): Promise<Batch> {
    const limit = closing ? 0 : availability.allowed(batch);
    // After the clock was put forward a lease seems to have ended while its holder is still talking to the mail server.
    const takeOver = !clock.putForwardSince(performance.now() - attemptMs);
    const since = performance.now();
    const claims = limit > 0 ? await claimDue(ctx, owner, { limit, leaseMs, anyHour, takeOver }) : [];
    return { claims, since };
  }

  /** An attempt that begins later might outlive its lease, or begin when others take it for ended. */
  function isHeld(since: number): boolean {
    return performance.now() <= since + leaseMs - attemptMs && !clock.putForwardSince(since);
  }

  async function handle(invitation: ClaimedInvitation, since: number, render: Renderer, run: Run) {
    const { counts } = run;
    const mayGo = () => !closing && !isHalted(run) && isHeld(since);
    if (mayGo() && !(await pace())) run.paceLost = true;
    if (!mayGo()) {
      await releaseLease(ctx, invitation);
      return;
    }
    const outcome = await attempts.run((signal) =>
      deliverOne(ctx, invitation, { transport, render, recordSent, random, signal }),
    );
    counts[outcome.kind] += 1;
    ctx.count?.('mails', outcome.kind);
    follower.note(invitation.requestId, outcome.kind);
    if (outcome.kind !== 'unavailable') availability.works();
    else if (availability.fails())
      ctx.log.warn({ reason: outcome.reason }, 'the mail server is not available');
  }

  async function sendAll({ claims, since }: Batch, render: Renderer, run: Run): Promise<void> {
    const queue = claims.values();
    const workers = Array.from({ length: Math.min(concurrency, claims.length) }, async () => {
      for (const invitation of queue) {
        try {
          await handle(invitation, since, render, run);
        } catch (error) {
          ctx.log.error(
            { err: describeError(error) },
            'an outcome could not be recorded; the lease will end',
          );
        }
      }
    });
    await Promise.all(workers);
    follower.tell();
  }

  async function rendererFor({ claims }: Batch): Promise<Renderer> {
    try {
      return createRenderer(settings, await readWording());
    } catch (error) {
      for (const invitation of claims) await releaseLease(ctx, invitation);
      throw error;
    }
  }

  async function deliverDue(): Promise<Delivered> {
    const run: Run = { counts: nothing(), paceLost: false };
    let current = await claim();
    if (current.claims.length === 0) return run.counts;
    const render = await rendererFor(current);
    while (current.claims.length > 0) {
      // The next batch is claimed while this one is sent, unless this run was halted; a failure to claim is heard
      // after this one.
      const next = isHalted(run) ? none : claim();
      next.catch(() => undefined);
      await sendAll(current, render, run);
      current = await next;
    }
    return run.counts;
  }

  return {
    async batchesDue() {
      const due = await countDue(ctx, { limit: batch * mostRuns, anyHour });
      return Math.ceil(due / batch);
    },
    deliverDue() {
      // One run at a time; who calls meanwhile gets a run that begins afterwards, so that it sees all that is due.
      run = run.then(deliverDue, deliverDue);
      return run;
    },
    async close() {
      closing = true;
      const timer = setTimeout(() => attempts.abortAll(), graceMs);
      await run.catch(() => undefined);
      clearTimeout(timer);
    },
  };
}

/** What came of a run so far. */
interface Run {
  counts: Delivered;
  /** Nobody can tell when the next mail may go. */
  paceLost: boolean;
}

/** Whether the rest of a run's claims is to be given back unused. */
function isHalted({ counts, paceLost }: Run): boolean {
  return counts.unavailable > 0 || paceLost;
}

const atOnce: Pace = async () => true;

function nothing(): Delivered {
  return { accepted: 0, retry: 0, unavailable: 0, bounced: 0, failed: 0 };
}
