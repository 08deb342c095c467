import type { DateTime } from 'luxon';
import { endAction, planAction, tellAction } from '../../surveys/actions/index.ts';
import { handleWish, openWishes, recordWish } from '../../surveys/callbacks/index.ts';
import type { fixedClock } from '../../surveys/clock.ts';
import type { Context } from '../../surveys/context.ts';
import type { Answers } from '../../surveys/definitions/index.ts';
import { carryOnRounds, closeRound, findRound, openRound } from '../../surveys/golden-ear/index.ts';
import { mintToken } from '../../surveys/invitations/index.ts';
import {
  issueTicket,
  readTicket,
  type SharedLink,
  submitSharedAnswers,
} from '../../surveys/shared-links/index.ts';
import listening from './listening.json' with { type: 'json' };
import { seededRandom } from './random.ts';
import { departments } from './town.ts';

const policy = { workingDays: 2, urgentUpTo: 3 };
const colleagues = 8;
const statements = 36;

/** A context whose clock can be moved. */
export type DemoContext = Context & { clock: ReturnType<typeof fixedClock> };

/**
 * What the town did with what it heard in the six weeks before its first day: residents called back, a quickscan round
 * of each department, improvements that residents were told of. The quarter of that is over on its last day.
 */
export async function listenBefore(ctx: DemoContext, firstDay: DateTime): Promise<void> {
  const monday = firstDay.minus({ weeks: 6 }).startOf('week').set({ hour: 10 });
  await callBack(ctx, monday);
  await scanThemselves(ctx, monday.plus({ weeks: 2 }));
  await improve(ctx, monday.plus({ weeks: 4 }));
}

async function callBack(ctx: DemoContext, monday: DateTime): Promise<void> {
  for (const { department, inTime, late } of listening.promises) {
    ctx.clock.set(monday.toJSDate());
    for (let wish = 0; wish < inTime + late; wish += 1) {
      const number = `+3136${String(5_000_000 + wish)}`;
      await recordWish(ctx, mintToken(), { department, number }, policy);
    }
    const waiting = await openWishes(ctx, [department]);
    for (const [index, { id }] of waiting.entries()) {
      ctx.clock.set(monday.plus({ days: index < inTime ? 1 : 8 }).toJSDate());
      await handleWish(ctx, id);
    }
  }
}

/** A round of each department, answered by colleagues who hold the link. */
async function scanThemselves(ctx: DemoContext, monday: DateTime): Promise<void> {
  const random = seededRandom(7);
  for (const { key, listening: mood } of departments) {
    ctx.clock.set(monday.toJSDate());
    const { round, handedOut } = await openRound(ctx, {
      department: key,
      startDate: monday.toISODate(),
      endDate: monday.plus({ days: 4 }).toISODate(),
      addresses: [],
    });
    for (let person = 0; person < colleagues; person += 1) {
      ctx.clock.advance(60_000);
      await answer(ctx, handedOut.link, scanOf(mood, random));
    }
    await closeRound(ctx, (await findRound(round._id)) ?? round);
  }
  ctx.clock.set(monday.plus({ days: 5 }).toJSDate());
  await carryOnRounds(ctx);
}

async function answer(ctx: DemoContext, link: SharedLink, scan: Answers): Promise<void> {
  const ticket = readTicket(ctx, link, issueTicket(ctx, link));
  if (!ticket) throw new Error('The link of a round gave no form');
  ctx.clock.advance(60_000);
  await submitSharedAnswers(ctx, link, scan, { token: ticket.token, ticket, rush: false });
}

function scanOf(mood: number, random: () => number): Answers {
  const around = (highest: number) =>
    Math.round(highest * Math.min(1, Math.max(0, mood + (random() - 0.5) * 0.3)));
  const levels = Array.from({ length: statements }, (_, index) => [`q${index + 1}`, around(3)]);
  return { ...Object.fromEntries(levels), estimate: around(100) };
}

async function improve(ctx: DemoContext, monday: DateTime): Promise<void> {
  for (const { department, product, about, what, owner, said, did } of listening.actions) {
    ctx.clock.set(monday.toJSDate());
    const action = await planAction(ctx, {
      department,
      product,
      signal: { kind: 'comment', month: monday.minus({ months: 1 }).toFormat('yyyy-MM'), about },
      what,
      owner,
      by: monday.plus({ weeks: 1 }).toISODate(),
    });
    ctx.clock.advance(86_400_000);
    await endAction(ctx, action._id, 'done');
    await tellAction(ctx, action._id, { said, did });
  }
}
